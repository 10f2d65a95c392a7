/** The beginning of a file that is too large, cut where no character is. */

const LINE_FEED = 0x0a;
/** How far back from the limit a line's end is looked for. */
const SEARCHED = 65_536;

/** UTF-16 and UTF-32, told by their byte order marks. */
const isWide = ([first, second, third, fourth]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) ||
  (first === 0xfe && second === 0xff) ||
  (first === 0 && second === 0 && third === 0xfe && fourth === 0xff);

/**
 * Up to `limit` bytes from the start of `file`, to the end of a line where one is near: the byte 0A is a line feed in all
 * encodings but UTF-16 and UTF-32, which are cut at a multiple of four.
 */
export const beginningOf = async (file: File, limit: number): Promise<File> => {
  if (file.size <= limit) return file;
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  let end = limit;
  if (isWide(head)) end -= end % 4;
  else {
    const from = Math.max(0, limit - SEARCHED);
    const last = new Uint8Array(await file.slice(from, limit).arrayBuffer()).lastIndexOf(LINE_FEED);
    if (last >= 0) end = from + last + 1;
  }
  return new File([file.slice(0, end)], file.name, { type: file.type });
};
