/** Puts a text on the clipboard; false where the browser refuses, or has none for a page that is not at a secure address. */
export const copyText = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};
