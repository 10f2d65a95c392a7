/** Small parts that the page may need later are fetched ahead, so that they are there when the connection is not. */
import { useEffect } from 'react';
import { useRun } from '../../store';
import { loadEncodings, loadFigures, loadPanel } from '../parts';

/** Milliseconds after the first run is there: it is not to wait for anything else. */
const REST = 3000;

export const useProvisions = (): void => {
  const isThere = useRun((run) => run !== null);
  useEffect(() => {
    if (!isThere) return;
    const timer = setTimeout(() => {
      for (const load of [loadPanel, loadFigures, loadEncodings]) {
        load().catch(() => {
          // Asked for again, and told of, when it is wanted.
        });
      }
    }, REST);
    return () => {
      clearTimeout(timer);
    };
  }, [isThere]);
};
