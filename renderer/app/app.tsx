import { Suspense } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';
import { EmptyNote } from '../parts/empty-note.tsx';
import { Frame } from './frame.tsx';
import { ScreenBoundary } from './screen-boundary.tsx';
import { SCREENS } from './screens.ts';

/** The page of one instance: its frame, and in it the screen that the address names. */
export const App = ({ instancePath }: { readonly instancePath: string }) => (
  <Router base={instancePath}>
    <Frame>
      <Screens />
    </Frame>
  </Router>
);

function Screens() {
  const [location] = useLocation();
  return (
    <ScreenBoundary location={location}>
      <Suspense fallback={null}>
        <Switch>
          {SCREENS.map(({ path, screen }) => (
            <Route key={path} path={path} component={screen} />
          ))}
          <Route>
            <h1>No such screen</h1>
            <EmptyNote>This address names none. The list at the left has all of them.</EmptyNote>
          </Route>
        </Switch>
      </Suspense>
    </ScreenBoundary>
  );
}
