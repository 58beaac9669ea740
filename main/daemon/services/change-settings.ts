import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';

export interface ChangedSettings {
  readonly filePath: string;
  /** Each key that was named, and what counts more than the file, so that the change has no effect. */
  readonly overriddenBy: Readonly<Record<string, string | null>>;
}

/**
 * Writes settings into the configuration file, all of them or none. The daemon goes on with what it started with: every
 * setting is read once. The record says who did it, and which keys, not their values.
 */
export async function changeSettings(
  context: ServiceContext,
  { changes, actor }: { readonly changes: Readonly<Record<string, unknown>>; readonly actor: string },
): Promise<Result<ChangedSettings, Refusal>> {
  const { configuration, store } = context;
  const { filePath } = configuration;
  if (filePath === null) {
    const sentence = 'this daemon was started without a configuration file: name one with --config and start it again';
    return err(refusal('invalid_input', sentence));
  }
  if (Object.keys(changes).length === 0) return err(refusal('invalid_input', 'body: names no setting to change'));
  const changed = await configuration.change(changes);
  if (!changed.ok) return err(refusal(changed.error.code ?? 'internal', changed.error.sentence));
  store.transaction(() =>
    store.events.append({ type: 'settings.changed', actor, payload: { file: filePath, keys: Object.keys(changes) } }),
  );
  return ok({ filePath, overriddenBy: changed.value });
}
