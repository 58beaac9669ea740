import type { EpochMs } from '../../../contract/time.ts';
import type { ServiceContext } from './context.ts';
import { dashboardPath } from './dashboard-path.ts';
import type { LinkBook } from './link-book.ts';

export interface Link {
  /** The code stands behind the `#`: browsers send that part to nobody. */
  readonly url: string;
  readonly expiresAtMs: EpochMs;
}

/** An address that lets one browser into the dashboard, once. */
export function mintLink({ instance }: Pick<ServiceContext, 'instance'>, links: LinkBook): Link {
  const { id, baseUrl } = instance();
  const { code, expiresAtMs } = links.mint();
  return { url: `${baseUrl}${dashboardPath(id)}#link=${code}`, expiresAtMs };
}
