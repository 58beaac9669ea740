import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import type { JsonValue } from '../../../contract/client/json-value.ts';
import { changeSettings } from '../../../contract/client/settings-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { failureOf } from '../../api/request-error.ts';
import { unwrapView } from '../../api/unwrap.ts';

export interface SettingChange {
  /** Null takes the setting out of the file. */
  readonly set: (value: JsonValue) => void;
  readonly isSending: boolean;
  /** What became of it; empty: nothing was sent yet. */
  readonly told: string;
  readonly failure: ClientFailure | null;
}

/** Writes one setting into the configuration file. */
export function useChangeSetting(key: string): SettingChange {
  const connection = useConnection();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (value: JsonValue) => unwrapView(changeSettings(connection, { [key]: value })),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.settings }),
  });
  return {
    set: change.mutate,
    isSending: change.isPending,
    told:
      change.data === undefined ? '' : toldOf(change.data.changed.find((one) => one.key === key)?.overriddenBy ?? null),
    failure: change.error === null ? null : (failureOf(change.error) ?? { kind: 'aborted' }),
  };
}

const toldOf = (overriddenBy: string | null): string =>
  overriddenBy === null
    ? 'Saved. It counts from the next start.'
    : `Saved, and without effect while ${overriddenBy} is set.`;
