import { expect, it } from 'vitest';
import { PRODUCT_VERSION } from '../../../contract/product.ts';
import packageFile from '../../../package.json' with { type: 'json' };

it('names the version that package.json has', () => {
  expect(PRODUCT_VERSION).toBe(packageFile.version);
});
