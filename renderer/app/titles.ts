import { NAVIGATION } from './navigation.ts';

export interface TitleFacts {
  /** Below the instance's path. */
  readonly location: string;
  /** What the screen calls what it shows; null: its entry in the navigation says enough. */
  readonly subject: string | null;
  readonly instance: string;
  readonly waiting: number;
}

/** `(2) Inbox – web-shop – Codencer`. A subject is somebody's text: it does not turn around what stands behind it. */
export function titleOf({ location, subject, instance, waiting }: TitleFacts): string {
  const parts = [subject?.replaceAll(/\p{Bidi_Control}/gu, '') ?? screenName(location), instance, 'Codencer'].filter(
    (part) => part !== '',
  );
  return `${waiting === 0 ? '' : `(${waiting}) `}${parts.join(' – ')}`;
}

/** Of the screen whose address is the longest beginning of this one. */
function screenName(location: string): string {
  const first = `/${location.split('/', 2)[1] ?? ''}`;
  return NAVIGATION.find(({ path }) => path === first)?.label ?? '';
}
