/** Does one after the other, a few at the same time; what was asked for last comes first, because it is looked at. */
export function fewAtOnce(most: number, work: (item: string) => Promise<void>): (item: string) => void {
  const waiting: string[] = [];
  let running = 0;
  const goOn = (): void => {
    const item = running < most ? waiting.pop() : undefined;
    if (item === undefined) return;
    running += 1;
    void work(item).finally(() => {
      running -= 1;
      goOn();
    });
    goOn();
  };
  return (item) => {
    waiting.push(item);
    goOn();
  };
}
