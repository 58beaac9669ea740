import { X } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../parts/button.tsx';
import { TextInput } from '../../parts/field.tsx';
import { useSavedViews } from './saved-views.ts';

/** Filters that were given a name, and the one that is looked at, to be named. */
export function ViewBar({ query }: { readonly query: string }) {
  const { views, save, remove } = useSavedViews();
  const [name, setName] = useState<string | null>(null);
  const here = views.find((view) => view.query === query);
  const keep = (): void => {
    if (name !== null && name.trim() !== '') save({ name: name.trim(), query });
    setName(null);
  };
  return (
    <div className="flex flex-wrap items-center gap-2" role="group" aria-label="Saved views">
      {views.map((view) => (
        <span key={view.name} className="inline-flex items-center border border-line">
          <Link
            href={`/runs?${view.query}`}
            aria-current={view === here ? 'true' : undefined}
            className="min-h-6 px-2 text-accent aria-[current]:font-semibold"
          >
            {view.name}
          </Link>
          <button
            type="button"
            aria-label={`Remove view ${view.name}`}
            className="grid size-6 place-items-center hover:bg-hover"
            onClick={() => remove(view.name)}
          >
            <X aria-hidden size={14} strokeWidth={1.62} />
          </button>
        </span>
      ))}
      {query === '' || here !== undefined ? null : name === null ? (
        <Button look="bare" onClick={() => setName('')}>
          Save view
        </Button>
      ) : (
        <form
          className="flex items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            keep();
          }}
        >
          <TextInput aria-label="Name of the view" value={name} onChange={setName} />
          <Button type="submit">Save</Button>
        </form>
      )}
    </div>
  );
}
