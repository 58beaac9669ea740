import type { StoreParts } from './table-shape.ts';

/** Small facts of the daemon itself, by name. A value is text; what it means is the business of whoever keeps it. */
export interface SettingTable {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

export function createSettingTable({ db, transaction }: StoreParts): SettingTable {
  const one = db.prepare<[string], string>('SELECT value FROM settings WHERE key = ?').pluck();
  const remove = db.prepare<[string]>('DELETE FROM settings WHERE key = ?');
  const set = db.prepare<[string, string]>(
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  return {
    get: (key) => one.get(key) ?? null,
    set: (key, value) => transaction(() => void set.run(key, value)),
    remove: (key) => transaction(() => void remove.run(key)),
  };
}
