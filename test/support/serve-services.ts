import { onTestFinished } from 'vitest';
import type { AttemptId } from '../../contract/ids.ts';
import { createApi } from '../../main/daemon/api/server.ts';
import { documentedPorts } from './documented-answers.ts';
import { successOf } from './success-of.ts';
import { TOKEN } from './test-api.ts';
import type { TestServices } from './test-services.ts';

export interface ServedServices {
  readonly port: number;
  readonly url: string;
  /** From now on whoever asks is a process of this attempt; null: the operator. */
  readonly askAs: (attemptId: AttemptId | null) => void;
}

/** The edge of a daemon over services that work. */
export async function serveServices({ context }: TestServices): Promise<ServedServices> {
  let asker: AttemptId | null = null;
  const api = await createApi({
    context,
    config: { host: '127.0.0.1', port: 0, token: TOKEN, authMode: 'same-user', rateLimitPerSecond: 1000 },
    peers: { uidOf: async () => process.getuid?.() ?? null, attemptOf: async () => asker },
    isReady: () => true,
  });
  onTestFinished(() => api.close());
  const { port } = successOf(await api.listen());
  documentedPorts.add(port);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    askAs: (attemptId) => {
      asker = attemptId;
    },
  };
}
