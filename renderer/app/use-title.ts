import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { useScreenSubject } from './screen-subject.ts';
import { titleOf } from './titles.ts';

/** Keeps the title of the window: people look for it among twenty tabs. */
export function useTitle(instance: string, waiting: number): void {
  const [location] = useLocation();
  const subject = useScreenSubject((state) => state.subject);
  const title = titleOf({ location, subject, instance, waiting });
  useEffect(() => {
    document.title = title;
  }, [title]);
}
