/** Tells the style sheet at which ends of the score there is more of the text than can be seen. */
import { useEffect, type RefObject } from 'react';

/** Marks the window around `element`, whose inside is `width` wide and of which `available` pixels can be seen. */
export const useEnds = (element: RefObject<HTMLElement | null>, width: number, available: number): void => {
  useEffect(() => {
    const scroll = element.current;
    const window = scroll?.parentElement;
    if (!scroll || !window) return;
    const mark = (): void => {
      window.toggleAttribute('data-more-before', scroll.scrollLeft > 1);
      window.toggleAttribute('data-more-after', available > 0 && scroll.scrollLeft + available < width - 1);
    };
    mark();
    scroll.addEventListener('scroll', mark, { passive: true });
    return () => {
      scroll.removeEventListener('scroll', mark);
    };
  }, [element, width, available]);
};
