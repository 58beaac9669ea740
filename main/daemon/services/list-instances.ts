import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import type { ListedInstance } from './ports/instance-list.ts';

export interface Instances {
  readonly instances: readonly (ListedInstance & { readonly isSelf: boolean })[];
  readonly damaged: readonly string[];
}

/** The daemons of this user. One that was killed is `stale`: its entry is there, and its process is not. */
export async function listInstances(
  context: Pick<ServiceContext, 'listInstances' | 'instance'>,
): Promise<Result<Instances, Refusal>> {
  const listed = await context.listInstances();
  if (!listed.ok) return err(refusal(listed.error.code ?? 'internal', listed.error.sentence));
  const self = context.instance();
  const isSelf = ({ instance }: ListedInstance) => instance.id === self.id && instance.pid === self.pid;
  const { found, damaged } = listed.value;
  return ok({ instances: found.map((listing) => ({ ...listing, isSelf: isSelf(listing) })), damaged });
}
