import { describe, expect, it } from 'vitest';
import { addressBytes } from '../../../../../main/daemon/adapters/peers/tcp-table.ts';

describe('the bytes of an address', () => {
  it.each([
    ['127.0.0.1', '00000000000000000000ffff7f000001'],
    ['::ffff:127.0.0.1', '00000000000000000000ffff7f000001'],
    ['::ffff:7f00:1', '00000000000000000000ffff7f000001'],
    ['::1', '00000000000000000000000000000001'],
    ['::', '00000000000000000000000000000000'],
    ['fe80::1%eth0', 'fe800000000000000000000000000001'],
    ['2001:db8::a:0:1', '20010db8000000000000000a00000001'],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
    ['1::', '00010000000000000000000000000000'],
  ])('%s', (address, hex) => {
    expect(addressBytes(address)?.toString('hex')).toBe(hex);
  });

  it('are none when it is no address', () => {
    expect(['', 'localhost', '1.2.3', '/tmp/socket'].map(addressBytes)).toEqual([null, null, null, null]);
  });
});
