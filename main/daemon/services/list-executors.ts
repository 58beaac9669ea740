import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { noSuchExecutor } from '../domain/choose-executor.ts';
import type { ListedExecutor } from '../domain/executor-shelf.ts';
import type { ServiceContext } from './context.ts';
import type { ExecutorProbe, HowToProbe } from './ports/executors.ts';

export interface ProbedExecutor {
  readonly name: string;
  readonly source: ListedExecutor['source'];
  readonly profile: ListedExecutor['profile'];
  readonly profileHash: string | null;
  readonly problems: readonly string[];
  readonly probe: ExecutorProbe;
}

export interface ExecutorList {
  readonly executors: readonly ProbedExecutor[];
  /** Why a folder of profiles could not be read. */
  readonly problems: readonly string[];
}

type Context = Pick<ServiceContext, 'executors'>;

/**
 * Every executor that a task may name, each with its program as it is found now. Nobody runs by this what only a
 * repository names.
 */
export async function listExecutors({ executors }: Context, { anew }: Pick<HowToProbe, 'anew'>): Promise<ExecutorList> {
  const shelf = executors.shelf();
  const probed = [...shelf.executors.values()].map((listed) =>
    withProbe({ executors }, listed, { anew, mayRunAny: false }),
  );
  return { executors: await Promise.all(probed), problems: shelf.problems };
}

export async function getExecutor(
  { executors }: Context,
  { name, ...how }: HowToProbe & { readonly name: string },
): Promise<Result<ProbedExecutor, Refusal>> {
  const shelf = executors.shelf();
  const listed = shelf.executors.get(name);
  if (listed === undefined) return err(refusal('not_found', noSuchExecutor(shelf, name)));
  return ok(await withProbe({ executors }, listed, how));
}

const withProbe = async ({ executors }: Context, listed: ListedExecutor, how: HowToProbe): Promise<ProbedExecutor> => ({
  name: listed.name,
  source: listed.source,
  profile: listed.profile,
  profileHash: listed.profile === null ? null : listed.profileHash,
  problems: listed.problems,
  probe: await executors.probe(listed, how),
});
