const owners = new Map<string, HTMLElement>();

/** Tells the page how high a bar at its edge is, so that nothing that gets the focus and no message lies under it. */
export function bar(element: HTMLElement, name: '--top-bar' | '--bottom-bar' | '--snack-bar'): { destroy: () => void } {
  const root = document.documentElement.style;
  owners.set(name, element);
  const watch = new ResizeObserver(() => owners.get(name) === element && root.setProperty(name, `${element.offsetHeight}px`));
  watch.observe(element);
  return {
    destroy() {
      watch.disconnect();
      // The next screen's bar may already stand there.
      if (owners.get(name) !== element) return;
      owners.delete(name);
      root.removeProperty(name);
    },
  };
}
