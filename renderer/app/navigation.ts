import {
  BookOpen,
  Gauge,
  HardDriveDownload,
  Inbox,
  ListTree,
  type LucideIcon,
  Plug,
  Rows3,
  ScrollText,
  Settings,
  Stethoscope,
} from 'lucide-react';

/** A screen with an entry in the navigation. */
export interface NavigatedScreen {
  /** Below the instance's path. */
  readonly path: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** After `g`. */
  readonly letter?: string;
}

export const NAVIGATION: readonly NavigatedScreen[] = [
  { path: '/', label: 'Overview', icon: Gauge, letter: 'o' },
  { path: '/inbox', label: 'Inbox', icon: Inbox, letter: 'i' },
  { path: '/runs', label: 'Runs', icon: ListTree, letter: 'r' },
  { path: '/queue', label: 'Queue', icon: Rows3, letter: 'q' },
  { path: '/executors', label: 'Executors', icon: Plug, letter: 'e' },
  { path: '/salvage', label: 'Salvage', icon: HardDriveDownload },
  { path: '/audit', label: 'Audit', icon: ScrollText },
  { path: '/doctor', label: 'Doctor', icon: Stethoscope, letter: 'd' },
  { path: '/settings', label: 'Settings', icon: Settings, letter: 's' },
  { path: '/help', label: 'Help', icon: BookOpen },
];
