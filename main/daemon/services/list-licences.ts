import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import type { LicencedPackage } from './ports/licences.ts';

export async function listLicences({
  licences,
}: Pick<ServiceContext, 'licences'>): Promise<Result<readonly LicencedPackage[], Refusal>> {
  const listed = await licences();
  return listed === null ? err(refusal('not_found', 'nothing is built: "npm run build" builds it')) : ok(listed);
}
