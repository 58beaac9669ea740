/** The last part of a path of either system: what people call the repository. */
export const repositoryName = (repoRoot: string): string =>
  repoRoot.split(/[\\/]/).findLast((part) => part !== '') ?? '';
