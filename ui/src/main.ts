import { mount } from 'svelte';
import App from './app/App.svelte';
import './theme/tokens.css';
import './theme/base.css';

// WebKitGTK draws digits that it has spaced by itself over their neighbours.
if (/\bX11\b/.test(navigator.userAgent) && !/Chrom/.test(navigator.userAgent)) document.documentElement.dataset.spacing = 'none';

function open(): void {
  const target = document.getElementById('app');
  if (target) mount(App, { target });
}

// The page does not wait for this script, so that the frame through which the app's calls pass loads beside it.
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', open, { once: true });
else open();
