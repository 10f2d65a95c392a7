/** The time of day, second by second. */
import { useEffect, useState } from 'react';

const SECOND = 1000;

/** Milliseconds since 1970. */
export const useNow = (): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, SECOND);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
};
