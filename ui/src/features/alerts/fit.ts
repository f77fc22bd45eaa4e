const LEAST = 0.45;
const STEP = 0.04;

/** Takes so much of the words' size (`--fit`) that the page needs no scrolling; with the largest text on the smallest
 * screen the style keeps them from becoming too small to read. Does it anew when what it is given changes. */
export function fit(element: HTMLElement, what: unknown): { update: (what: unknown) => void; destroy: () => void } {
  void what;
  const root = document.documentElement;
  const measure = () => {
    let size = 1;
    element.style.setProperty('--fit', '1');
    while (root.scrollHeight > innerHeight && size > LEAST) {
      size -= STEP;
      element.style.setProperty('--fit', size.toFixed(2));
    }
  };
  let frame = requestAnimationFrame(measure);
  const again = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(measure);
  };
  addEventListener('resize', again);
  return {
    update: again,
    destroy() {
      cancelAnimationFrame(frame);
      removeEventListener('resize', again);
    },
  };
}
