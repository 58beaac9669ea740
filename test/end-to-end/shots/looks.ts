/** How a picture is taken. */
export interface Look {
  readonly theme: 'light' | 'dark';
  readonly width: number;
}

const HEIGHTS: Readonly<Record<number, number>> = { 900: 700, 1280: 800, 1600: 1000 };

export const viewportOf = ({ width }: Look) => ({ width, height: HEIGHTS[width] ?? 800 });

/** All of them for what is seen each day; fewer for what is seen rarely. */
export const EVERY_LOOK: readonly Look[] = [
  { theme: 'light', width: 1280 },
  { theme: 'dark', width: 1280 },
  { theme: 'light', width: 1600 },
  { theme: 'dark', width: 1600 },
  { theme: 'light', width: 900 },
];

export const SOME_LOOKS: readonly Look[] = [
  { theme: 'light', width: 1280 },
  { theme: 'dark', width: 1600 },
];
