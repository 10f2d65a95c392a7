/** Files dropped on the page: the one that can be read, or what is wrong with what was dropped. */
import { useEffect, useState } from 'react';
import type { Failure } from '../../model/failures';

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** What a drop holds, as far as it matters here. */
export interface Dropped {
  readonly file: File;
  readonly isFolder: boolean;
}

/** The one file that was dropped; else why there is none. */
export const chooseFile = (dropped: readonly Dropped[]): File | Failure | null => {
  const first = dropped.at(0);
  if (first === undefined) return null;
  if (dropped.length > 1) return { code: 'files-several', names: dropped.map(({ file }) => file.name) };
  return first.isFolder ? { code: 'file-folder', name: first.file.name } : first.file;
};

/** Whether each of the files is a folder; nothing where the browser cannot tell. */
const areFolders = (items: DataTransferItemList): readonly boolean[] => {
  try {
    return Array.from(items)
      .filter(({ kind }) => kind === 'file')
      .map((item) => item.webkitGetAsEntry()?.isDirectory ?? false);
  } catch {
    return [];
  }
};

/** To be called while the event is handled: afterwards the browser says nothing more of it. */
const droppedWith = ({ items, files }: DataTransfer): Dropped[] => {
  const folders = areFolders(items);
  return Array.from(files, (file, k) => ({ file, isFolder: folders[k] ?? false }));
};

/** Takes what is dropped anywhere on the page; true while something is held over it. */
export const useDrop = (take: (dropped: File | Failure) => void): boolean => {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      // Without this the browser would open the file in place of the page.
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      setOver(false);
      const chosen = chooseFile(droppedWith(event.dataTransfer));
      if (chosen !== null) take(chosen);
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [take]);
  return over;
};
