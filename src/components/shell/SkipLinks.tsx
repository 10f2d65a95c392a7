/**
 * The keyboard's first stops: over the bar and the settings to what is looked at. Buttons, for the part of the address that
 * a link to a place would change holds the settings.
 */
import { useMessages } from '../messages';
import './SkipLinks.css';

const PLACES = [
  ['score', '.app-stage [role="application"]'],
  ['writes', '.sample-page'],
] as const;

export const SkipLinks = ({ inert }: { readonly inert: boolean }) => {
  const { skip } = useMessages().controls;
  return (
    <nav className="skip" aria-label={skip.label} inert={inert}>
      {PLACES.map(([name, place]) => (
        <button
          key={name}
          className="button"
          type="button"
          onClick={() => document.querySelector<HTMLElement>(place)?.focus()}
        >
          {skip[name]}
        </button>
      ))}
    </nav>
  );
};
