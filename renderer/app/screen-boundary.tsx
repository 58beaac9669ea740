import { Component, type ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { copyText } from '../parts/copy-text.ts';

interface ScreenBoundaryProps {
  /** Another one: what broke is left behind. */
  readonly location: string;
  readonly children: ReactNode;
}

interface Broken {
  readonly error: Error | null;
  /** Where it broke; null: not yet known. */
  readonly at: string | null;
}

const WHOLE: Broken = { error: null, at: null };

/** Keeps a screen that breaks from taking the frame with it. React has this for classes only. */
export class ScreenBoundary extends Component<ScreenBoundaryProps, Broken> {
  override state = WHOLE;

  static getDerivedStateFromError(error: Error): Broken {
    return { error, at: null };
  }

  static getDerivedStateFromProps({ location }: ScreenBoundaryProps, { error, at }: Broken): Broken {
    if (error === null || (at !== null && at !== location)) return WHOLE;
    return { error, at: location };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : <BrokenScreen error={error} />;
  }
}

/** A part that cannot be loaded any more is of an older build: the daemon has been updated under the page. */
function BrokenScreen({ error }: { readonly error: Error }) {
  const isOld = /dynamically imported module|module script/i.test(error.message);
  return (
    <div role="alert" className="max-w-xl">
      <h1>{isOld ? 'The daemon was updated' : 'This screen stopped'}</h1>
      <p className="py-2 text-ink-2">
        {isOld
          ? 'This page is of the older version, and the part for this screen is gone. Reload the page to get the newer one.'
          : 'Something in it went wrong. The record is untouched, and the other screens work. Reload the page to try again.'}
      </p>
      <div className="flex gap-2">
        <Button look="ink" onClick={() => location.reload()}>
          Reload the page
        </Button>
        <Button onClick={() => void copyText(error.stack ?? error.message, 'details')}>Copy details</Button>
      </div>
    </div>
  );
}
