/** Long texts out of the page's memory: written in UTF-8 into blobs, which the browser keeps. */

/** Characters that are written at a time. */
const PART = 1 << 20;

/**
 * The text in a blob, in a file of the browser where it is large, so that the page and its worker need no copy of it. It is
 * written part by part: a browser that is given the whole string holds it three times more while it does the same. Half of
 * a pair on its own becomes U+FFFD.
 */
export const writtenInBlob = (text: string): Blob => {
  const encoder = new TextEncoder();
  const parts: Blob[] = [];
  for (let start = 0; start < text.length;) {
    let end = start + PART;
    // Not between the halves of a pair.
    if ((text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end++;
    parts.push(new Blob([encoder.encode(text.slice(start, end))]));
    start = end;
  }
  return new Blob(parts);
};

/**
 * Has the browser free the string that a long text came in once nobody holds it any more; else it may stay until the page
 * happens to need memory. Memory that is asked for and never touched takes none, and makes the browser look.
 */
export const freeStrings = (): void => {
  setTimeout(() => {
    try {
      Array.from({ length: 4 }, () => new ArrayBuffer(2 ** 26));
    } catch {
      // There is none left: the browser has looked.
    }
  });
};
