export interface Place {
  /** As it is on this machine. */
  readonly path: string;
  /** As it is written instead. */
  readonly name: string;
}

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
/** Ids of the vendors and of the scripted model: a short word, then letters and digits without meaning. */
const PREFIXED_ID =
  /\b(ses|prt|msg|call|toolu|resp|fc|ctc|rs|chatcmpl|tool|req)([_-])(?=[0-9A-Za-z]*\d)[0-9A-Za-z]{10,}\b/g;
const MACHINE = /"serverName":"[^"]*"/g;
const PORT = /127\.0\.0\.1:\d+/g;

/** What a machine's name, folders, ports and ids are replaced with, so that a recording says nothing about it. */
export function stabilizer(places: readonly Place[]): (text: string) => string {
  const ids = new Map<string, string>();
  const longestFirst = places.toSorted((a, b) => b.path.length - a.path.length);
  const numbered = (id: string, named: (number: number) => string): string => {
    const known = ids.get(id) ?? named(ids.size + 1);
    ids.set(id, known);
    return known;
  };
  return (text) =>
    longestFirst
      .reduce((done, { path, name }) => done.replaceAll(path, name).replaceAll(slug(path), slug(name)), text)
      .replace(PORT, '127.0.0.1:4000')
      .replace(MACHINE, '"serverName":"somewhere"')
      .replace(UUID, (id) => numbered(id, (number) => `00000000-0000-4000-8000-${pad(number)}`))
      .replace(PREFIXED_ID, (id, word: string, mark: string) =>
        numbered(id, (number) => `${word}${mark}${pad(number)}`),
      );
}

/** How agents make the name of a file out of a path. */
const slug = (path: string): string => path.replaceAll(/[^A-Za-z0-9]/g, '-');

const pad = (number: number): string => String(number).padStart(12, '0');
