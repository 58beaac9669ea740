/** Two writes that may be over already, which `undefined` stands for, as one of the same kind. */
export function whenBoth(one: Promise<void> | undefined, other: Promise<void> | undefined): Promise<void> | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Promise.all([one, other]).then(() => undefined);
}
