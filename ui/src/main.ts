import { mount } from 'svelte';
import App from './app/App.svelte';
import './theme/tokens.css';
import './theme/base.css';

function open(): void {
  const target = document.getElementById('app');
  if (target) mount(App, { target });
}

// The page does not wait for this script, so that the frame through which the app's calls pass loads beside it.
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', open, { once: true });
else open();
