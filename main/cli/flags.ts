/** What a flag takes: nothing, one text (the last one counts), or one text each time it is given. */
export type FlagKind = 'switch' | 'text' | 'texts';
/** By name: `repoRoot` is written `--repo-root`. */
export type FlagKinds = Readonly<Record<string, FlagKind>>;

export type FlagValues<Kinds extends FlagKinds> = {
  readonly [Name in keyof Kinds]: Kinds[Name] extends 'switch'
    ? boolean
    : Kinds[Name] extends 'text'
      ? string | undefined
      : readonly string[];
};

export interface CommandInput<Kinds extends FlagKinds> {
  /** The words that are no flags, in order; at least as many as the spec asks for. */
  readonly words: readonly string[];
  readonly flags: FlagValues<Kinds>;
}

/** What is wrong with the arguments of a command. */
export type ArgsProblem =
  | { readonly kind: 'unknown-flag'; readonly flag: string }
  | { readonly kind: 'missing-value'; readonly flag: string }
  | { readonly kind: 'too-many'; readonly word: string };

/** `repoRoot` is `--repo-root`. */
export const flagToken = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
