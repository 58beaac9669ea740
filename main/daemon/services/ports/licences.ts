/** A package of others that comes with this program. */
export interface LicencedPackage {
  readonly name: string;
  readonly version: string;
  /** As the package names it (SPDX). */
  readonly licence: string;
}
