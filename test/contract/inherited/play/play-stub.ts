import { byRoute, type StubAnswer, startStub } from '../../../support/stub-daemon.ts';
import type { StubCase } from '../case.ts';
import { whyNotDecoded } from '../client-decoder.ts';
import type { Stage } from './stage.ts';

const SUBMIT = ['submit', 'r', '--goal', 'g', '--wait', '--json'];

/** Our client against that server, and whether the inherited one could have read what it answers. */
export async function playStub(stage: Stage, { stub, argv = SUBMIT, exit, error, isReadable }: StubCase) {
  const server = await startStub(
    byRoute({
      'POST /api/v1/runs/r/steps': answerOf(stub.status, stub.step),
      'GET /api/v1/steps/s1/result': answerOf(stub.resultStatus, stub.result),
    }),
  );
  const found = await stage.client(argv, { env: { ORCHESTRATORD_URL: server.url } });
  const wasReadable = isRefused(stub) || problemsOf(stub).length === 0;
  return [
    ...(found.exit === exit ? [] : [`exit ${found.exit}, not ${exit}: ${found.stdout}${found.stderr}`]),
    ...(error === errorOf(found.stdout) ? [] : [`the error is not ${error}: ${found.stdout}`]),
    ...(wasReadable === isReadable
      ? []
      : [`readable is ${wasReadable}, not ${isReadable}: ${problemsOf(stub).join()}`]),
  ];
}

const answerOf = (status: number, body: unknown): StubAnswer => ({ status, body });

/** A refusal is a line of text, which is read as it is. */
const isRefused = ({ status, resultStatus }: StubCase['stub']): boolean => status >= 400 || resultStatus >= 400;

const problemsOf = ({ step, result }: StubCase['stub']): readonly string[] => [
  ...(step === '' ? ['an empty body is no step'] : whyNotDecoded('Step', step)),
  ...whyNotDecoded('Result', result),
];

function errorOf(stdout: string): string | undefined {
  const printed: unknown = JSON.parse(stdout);
  if (typeof printed !== 'object' || printed === null || !('error' in printed)) return undefined;
  return String(printed.error);
}
