import { moreIcons } from '../components/icons';
import Notices from '../features/notices/Notices.svelte';
import Today from '../features/today/Today.svelte';
import { words, type Part } from './i18n.svelte';
import type { LazyScreen, Route } from './router.svelte';

/** A screen that is fetched when wanted, with the icons that the first screens do not need. */
const later = (load: LazyScreen): { screen: LazyScreen; lazy: true } => ({
  screen: async () => (await Promise.all([load(), moreIcons()]))[0],
  lazy: true,
});

/** A screen with words that come with it. */
const worded = (part: Part, load: LazyScreen) => later(async () => (await Promise.all([load(), words(part)]))[0]);
/** One about benefits for which no town has to be joined: the country's programs come with the app. */
const benefits = (load: LazyScreen) => ({ ...worded('benefits', load), townless: true as const });
/** A screen about the map and what it answers, or one that sets it. */
const mapped = (load: LazyScreen) => worded('map', load);

/** Every screen. The two that open first come with the app; the others are fetched when wanted. */
export const routes: readonly Route[] = [
  { path: '/', screen: Today, tab: 'today' },
  { path: '/alerts', ...later(() => import('../features/alerts/Alerts.svelte')), tab: 'today' },
  { path: '/notices', screen: Notices, tab: 'notices' },
  { path: '/notices/hidden', ...later(() => import('../features/notices/Hidden.svelte')) },
  { path: '/notices/:id', ...later(() => import('../features/notices/Notice.svelte')) },
  { path: '/segments', ...later(() => import('../features/segments/Segments.svelte')) },
  { path: '/counter', ...later(() => import('../features/counter/Counter.svelte')), tab: 'counter' },
  { path: '/benefits', ...benefits(() => import('../features/benefits/Benefits.svelte')), tab: 'counter' },
  { path: '/benefits/household', ...benefits(() => import('../features/benefits/People.svelte')) },
  { path: '/benefits/people/:person', ...benefits(() => import('../features/benefits/PersonForm.svelte')) },
  { path: '/benefits/questions', ...benefits(() => import('../features/benefits/Ask.svelte')) },
  { path: '/benefits/programs/:program', ...benefits(() => import('../features/benefits/Program.svelte')) },
  { path: '/benefits/town', ...worded('benefits', () => import('../features/benefits/TownPrograms.svelte')) },
  { path: '/benefits/town/:program', ...worded('benefits', () => import('../features/benefits/TownProgram.svelte')) },
  { path: '/benefits/what-if', ...benefits(() => import('../features/benefits/WhatIf.svelte')) },
  { path: '/benefits/kept', ...benefits(() => import('../features/benefits/KeptHere.svelte')) },
  { path: '/events', ...later(() => import('../features/events/Events.svelte')), tab: 'counter' },
  { path: '/events/:id', ...later(() => import('../features/events/Event.svelte')) },
  { path: '/garbage', ...later(() => import('../features/garbage/Garbage.svelte')), tab: 'counter' },
  { path: '/garbage/area', ...later(() => import('../features/garbage/Area.svelte')) },
  { path: '/map', ...mapped(() => import('../features/map/Map.svelte')), tab: 'map' },
  { path: '/map/list', ...mapped(() => import('../features/map/List.svelte')), tab: 'map' },
  { path: '/map/answer', ...mapped(() => import('../features/map/AnswerScreen.svelte')), tab: 'map' },
  { path: '/map/places', ...mapped(() => import('../features/my-places/MyPlaces.svelte')), tab: 'map' },
  { path: '/map/places/new', ...mapped(() => import('../features/my-places/PlaceForm.svelte')) },
  { path: '/map/places/:id', ...mapped(() => import('../features/my-places/HazardCard.svelte')) },
  { path: '/map/places/:id/edit', ...mapped(() => import('../features/my-places/PlaceForm.svelte')) },
  { path: '/map/timeline', ...mapped(() => import('../features/my-places/Timeline.svelte')) },
  { path: '/places', ...later(() => import('../features/places/Places.svelte')), tab: 'map' },
  { path: '/places/:id', ...later(() => import('../features/places/Place.svelte')) },
  { path: '/settings', ...mapped(() => import('../features/settings/Settings.svelte')), townless: true },
  { path: '/settings/about', ...later(() => import('../features/settings/About.svelte')), townless: true },
  { path: '/welcome', ...worded('welcome', () => import('../features/welcome/Welcome.svelte')), townless: true },
];

/** Fetches what the reader most likely opens next, once the first screen stands. */
export function ahead(): void {
  const next = routes.filter((route) => route.lazy && ['/notices/:id', '/counter'].includes(route.path));
  setTimeout(() => next.forEach((route) => void (route.screen as LazyScreen)().catch(() => undefined)), 300);
}
