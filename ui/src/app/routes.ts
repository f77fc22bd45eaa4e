import Notice from '../features/notices/Notice.svelte';
import Notices from '../features/notices/Notices.svelte';
import Today from '../features/today/Today.svelte';
import type { Route } from './router.svelte';

/** Every screen. The three that open first come with the app; the others are fetched when wanted (`lazy`). */
export const routes: readonly Route[] = [
  { path: '/', screen: Today, tab: 'today' },
  { path: '/notices', screen: Notices, tab: 'notices' },
  { path: '/notices/hidden', screen: () => import('../features/notices/Hidden.svelte'), lazy: true },
  { path: '/notices/:id', screen: Notice },
  { path: '/garbage/area', screen: () => import('../features/garbage/Area.svelte'), lazy: true },
  { path: '/segments', screen: () => import('../features/segments/Segments.svelte'), lazy: true },
  { path: '/settings', screen: () => import('../features/settings/Settings.svelte'), lazy: true },
  { path: '/settings/about', screen: () => import('../features/settings/About.svelte'), lazy: true },
  { path: '/places', screen: () => import('../features/places/Places.svelte'), lazy: true, tab: 'places' },
  { path: '/places/:id', screen: () => import('../features/places/Place.svelte'), lazy: true },
  { path: '/events', screen: () => import('../features/events/Events.svelte'), lazy: true, tab: 'places' },
  { path: '/events/:id', screen: () => import('../features/events/Event.svelte'), lazy: true },
  { path: '/welcome', screen: () => import('../features/welcome/Welcome.svelte'), lazy: true },
  { path: '/alerts', screen: () => import('../features/alerts/Alerts.svelte'), lazy: true, tab: 'today' },
  { path: '/garbage', screen: () => import('../features/garbage/Garbage.svelte'), lazy: true, tab: 'places' },
  { path: '/garbage/area', screen: () => import('../features/garbage/Area.svelte'), lazy: true },
];
