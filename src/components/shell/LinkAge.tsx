/** Says what it means for a link that another version of the page has made it. */
import type { EarlierLink } from '../../model/links';
import { DEFAULT_SETTINGS } from '../../model/settings';
import { usePlayground } from '../../store';
import { useMessages } from '../messages';
import { Notice, Way } from './Notice';
import { useValueText } from './useValueText';

/** Settings that the link left out and that mean what they meant when it was made. */
const Kept = ({ kept }: Pick<EarlierLink, 'kept'>) => {
  const { notices, settings } = useMessages();
  const valueText = useValueText();
  return (
    <>
      <p>{notices.kept}</p>
      <ul>
        {kept.map(({ name, value }) => (
          <li key={name}>{notices.keptValue(settings.names[name].label, valueText(name, value))}</li>
        ))}
      </ul>
    </>
  );
};

const Earlier = ({ kept, sums }: EarlierLink) => {
  const { controls, notices } = useMessages();
  const actions = usePlayground((state) => state.actions);
  const useToday = () => {
    for (const { name } of kept) actions.set(name, DEFAULT_SETTINGS[name]);
    actions.dismissLinkAge();
  };
  return (
    <Notice
      tone="notice"
      ways={kept.length > 0 && <Way go={useToday}>{notices.useToday}</Way>}
      onDismiss={actions.dismissLinkAge}
    >
      <p>{notices.earlier + (sums ? controls.gap + notices.sums : '')}</p>
      {kept.length > 0 && <Kept kept={kept} />}
    </Notice>
  );
};

export const LinkAge = () => {
  const { notices } = useMessages();
  const actions = usePlayground((state) => state.actions);
  const age = usePlayground((state) => state.linkAge);
  if (age === null) return null;
  if (age.kind === 'earlier') return <Earlier {...age} />;
  return (
    <Notice tone="notice" onDismiss={actions.dismissLinkAge}>
      <p>{notices.later}</p>
    </Notice>
  );
};
