import { assertNever } from '../../../contract/result.ts';

/** Where a value came from; `key` is its name there. */
export type SettingSource =
  | { readonly kind: 'default' }
  | { readonly kind: 'file' | 'dotenv'; readonly path: string; readonly key: string }
  | { readonly kind: 'environment' | 'flag'; readonly key: string };

export interface Setting<T> {
  readonly value: T;
  readonly source: SettingSource;
}

/** The source as it stands in a sentence. */
export function describeSource(source: SettingSource): string {
  switch (source.kind) {
    case 'default':
      return 'the default';
    case 'file':
    case 'dotenv':
      return `${source.key} in ${JSON.stringify(source.path)}`;
    case 'environment':
      return `${source.key} in the environment`;
    case 'flag':
      return source.key;
    default:
      return assertNever(source);
  }
}
