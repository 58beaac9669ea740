import { Agent, type IncomingMessage, request } from 'node:http';
import type { Stage } from './stage.ts';

/** Other people's work on the same daemon. */
export interface BusyRuns {
  readonly count: number;
  /** Ends it; resolves to the number of steps that it came to. */
  stop(): Promise<number>;
}

const STEP_MS = 300;
const STEP_OUTPUT_BYTES = 20_000;

/** Starts `count` runs, each of which submits one step after another. Resolves when each has one. */
export async function startBusyRuns(stage: Stage, count: number): Promise<BusyRuns> {
  const agent = new Agent({ keepAlive: true });
  const call = (method: string, path: string, body: object) => callDaemon(stage, agent, { method, path, body });
  let isOver = false;
  let stepCount = 0;
  const runIds = await Promise.all(
    Array.from({ length: count }, async () => idOf(await call('POST', '/api/v1/runs', { project_id: 'busy' }))),
  );
  const submit = async (runId: string) => idOf(await call('POST', `/api/v1/runs/${runId}/steps`, TASK));
  const firstIds = await Promise.all(runIds.map(submit));
  const keepBusy = async (runId: string, firstId: string) => {
    for (let stepId = firstId; !isOver; stepId = await submit(runId)) {
      await call('POST', `/api/v1/steps/${stepId}/wait`, { timeout_ms: 60_000 });
      stepCount += 1;
    }
  };
  const works = runIds.map((runId, index) =>
    keepBusy(runId, firstIds[index] ?? '').catch((error: unknown) => {
      if (!isOver) throw error; // an aborted run takes no further step
    }),
  );
  const work = Promise.all(works);
  work.catch(() => {}); // seen when it is stopped
  return {
    count,
    async stop() {
      isOver = true;
      await Promise.all(runIds.map((runId) => call('PATCH', `/api/v1/runs/${runId}`, { action: 'abort' })));
      await work;
      agent.destroy();
      return stepCount;
    },
  };
}

const TASK = {
  version: 'v1',
  title: 'Busy',
  goal: 'Keep the daemon busy.',
  adapter_profile: 'simulation',
  simulation: {
    duration_ms: STEP_MS,
    output_bytes: STEP_OUTPUT_BYTES,
    edits: [{ action: 'write', path: 'busy.txt', content: 'busy\n' }],
  },
};

function idOf(document: unknown): string {
  const id = typeof document === 'object' && document !== null && 'id' in document ? document.id : null;
  if (typeof id === 'string') return id;
  throw new Error(`the daemon answered without an id: ${JSON.stringify(document)}`);
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: object;
}

/** By `node:http`: the global `fetch` sends what only browsers send, and browsers are asked for more. */
function callDaemon({ baseUrl, token }: Stage, agent: Agent, { method, path, body }: Call): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const authorization = token === '' ? {} : { authorization: `Bearer ${token}` };
  const headers = { 'content-type': 'application/json', ...authorization };
  const asked = request(new URL(path, baseUrl), { method, agent, headers });
  asked.on('response', (answer) => void readAnswer(answer, `${method} ${path}`).then(resolve, reject));
  asked.on('error', reject);
  asked.end(JSON.stringify(body));
  return promise;
}

async function readAnswer(answer: IncomingMessage, what: string): Promise<unknown> {
  const text = (await answer.setEncoding('utf8').toArray()).join('');
  if ((answer.statusCode ?? 500) >= 400) throw new Error(`${what}: ${answer.statusCode} ${text.trim()}`);
  return text === '' ? null : JSON.parse(text);
}
