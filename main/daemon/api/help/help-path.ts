/** Where a page is served; the index has the shortest path. */
export const helpPath = (name: string): string => (name === 'README' ? '/help' : `/help/${name}`);
