/** What the browser says of the screen and of the system, by way of media queries. */

/** Tells whether `query` holds, now and whenever that changes; that it does not, where the browser does not say. */
export const followMedia = (query: string, told: (holds: boolean) => void): (() => void) => {
  let list: MediaQueryList;
  const tell = () => {
    told(list.matches);
  };
  try {
    list = matchMedia(query);
    list.addEventListener('change', tell);
  } catch {
    told(false);
    return () => undefined;
  }
  tell();
  return () => {
    list.removeEventListener('change', tell);
  };
};
