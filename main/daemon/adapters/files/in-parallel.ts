/** Works on all items, `limit` of them at a time. The answers stand in the order of the items. */
export async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const answers = new Map<number, R>();
  const queue = items.entries();
  const drain = async (): Promise<void> => {
    for (const [index, item] of queue) answers.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, drain));
  return [...answers].sort(([a], [b]) => a - b).map(([, answer]) => answer);
}
