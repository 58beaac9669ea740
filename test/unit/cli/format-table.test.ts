import { describe, expect, it } from 'vitest';
import { formatTable } from '../../../main/cli/format-table.ts';

describe('a table', () => {
  const columns = [
    { title: 'ID', width: 4 },
    { title: 'STATE', width: 8 },
  ];

  it('keeps its widths and grows with what is in it', () => {
    const rows = [
      ['a-long-id', 'running'],
      ['b', 'ok'],
    ];
    expect(formatTable(columns, rows)).toBe('ID        STATE\n------------------\na-long-id running\nb         ok\n');
  });

  it('has titles without rows', () => {
    expect(formatTable(columns, [])).toBe('ID   STATE\n-------------\n');
  });
});
