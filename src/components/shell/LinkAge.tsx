/** Says what it means for a link that another version of the page has made it. */
import type { EarlierLink } from '../../model/links';
import { DEFAULT_SETTINGS } from '../../model/settings';
import { usePlayground } from '../../store';
import type { Page } from '../keeping/page';

/** Settings that the link left out and that mean what they meant when it was made. */
const Kept = ({ kept, page }: Pick<EarlierLink, 'kept'> & { readonly page: Page }) => {
  const { words, valueText } = page;
  const { notices, settings } = words;
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

const Earlier = ({ age, page }: { readonly age: EarlierLink; readonly page: Page }) => {
  const { kept, sums } = age;
  const { words, Notice, Way } = page;
  const { controls, notices } = words;
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
      {kept.length > 0 && <Kept kept={kept} page={page} />}
    </Notice>
  );
};

export const LinkAge = ({ page }: { readonly page: Page }) => {
  const { words, Notice } = page;
  const actions = usePlayground((state) => state.actions);
  const age = usePlayground((state) => state.linkAge);
  if (age === null) return null;
  if (age.kind === 'earlier') return <Earlier age={age} page={page} />;
  return (
    <Notice tone="notice" onDismiss={actions.dismissLinkAge}>
      <p>{words.notices.later}</p>
    </Notice>
  );
};
