/** How large elements are and whether they are seen, followed as that changes. */

/** Of the inside of an element, in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Milliseconds between two looks where the browser does not tell by itself. */
const LOOK = 250;

const lookAgainAndAgain = (element: Element, told: (size: Size) => void): (() => void) => {
  let last: Size | null = null;
  const look = () => {
    const { clientWidth: width, clientHeight: height } = element;
    if (last?.width === width && last.height === height) return;
    last = { width, height };
    told(last);
  };
  const timer = setInterval(look, LOOK);
  look();
  return () => {
    clearInterval(timer);
  };
};

/** Tells the size of `element`, now and whenever it changes, until the returned function is called. */
export const followSize = (element: Element, told: (size: Size) => void): (() => void) => {
  try {
    const observer = new ResizeObserver((entries) => {
      for (const { contentRect } of entries) told(contentRect);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  } catch {
    // There is none, or it is kept from the page.
    return lookAgainAndAgain(element, told);
  }
};

/** How far beyond what is seen an element counts as seen, so that it is there when it is scrolled to. */
const NEAR = '50%';

/** Tells whether `element` is seen, or nearly, now and whenever that changes; that it is, where the browser does not say. */
export const followSight = (element: Element, told: (seen: boolean) => void): (() => void) => {
  try {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting } of entries) told(isIntersecting);
      },
      { rootMargin: NEAR },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  } catch {
    told(true);
    return () => undefined;
  }
};

/** Size of the type that an element is set in, in CSS pixels: it changes with the page's layout and the reader's zoom of text. */
export const typeOf = (element: Element): number => parseFloat(getComputedStyle(element).fontSize);
