/** The beginning of a file that is too large, cut where no character is. */

const LINE_FEED = 0x0a;
/** How far back from the limit a line's end is looked for. */
const SEARCHED = 65_536;

/** UTF-16, told by its byte order mark: its characters are pairs of bytes. */
const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

/**
 * Up to `limit` bytes from the start of `file`, to the end of a line where one is near. The byte 0A is a line feed in
 * UTF-8, GB18030, Big5, Shift_JIS and Latin-1 alike; UTF-16 is cut at an even place.
 */
export const beginningOf = async (file: File, limit: number): Promise<File> => {
  if (file.size <= limit) return file;
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  let end = limit;
  if (isUtf16(head)) end -= end % 2;
  else {
    const from = Math.max(0, limit - SEARCHED);
    const last = new Uint8Array(await file.slice(from, limit).arrayBuffer()).lastIndexOf(LINE_FEED);
    if (last >= 0) end = from + last + 1;
  }
  return new File([file.slice(0, end)], file.name, { type: file.type });
};
