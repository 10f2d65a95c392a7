/** What is known of whether the browser may take away what is saved, and the way to ask it not to. */
import { useEffect, useState } from 'react';
import { usePlayground } from '../../store';
import { askForPersistence, isSavedWorth, lookAtPersistence, type Memory, type Persistence } from './persistence';

const storageManager = () => {
  try {
    return (navigator as Partial<Navigator>).storage;
  } catch {
    return undefined;
  }
};
const memory = (): Memory | null => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
};

/** Null until there is anything worth asking for. */
export const usePersistence = (): { readonly persistence: Persistence | null; readonly ask: () => void } => {
  const isWorth = usePlayground(isSavedWorth);
  const [persistence, setPersistence] = useState<Persistence | null>(null);
  useEffect(() => {
    if (isWorth) void lookAtPersistence(storageManager(), memory()).then(setPersistence);
  }, [isWorth]);
  return {
    persistence: isWorth ? persistence : null,
    ask: () => {
      void askForPersistence(storageManager(), memory()).then(setPersistence);
    },
  };
};
