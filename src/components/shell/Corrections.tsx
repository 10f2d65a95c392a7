/** What was made of a link's values that could not be taken as they were. */
import { parseSetting } from '../../model/parseSetting';
import { SETTINGS, type Correction } from '../../model/settings';
import { usePlayground } from '../../store';
import type { Page } from '../keeping/page';

/** More lines than these say nothing more. */
const MOST_CORRECTIONS = 8;

const CorrectionLine = ({ correction, page }: { readonly correction: Correction; readonly page: Page }) => {
  const { words, numbers, valueText, quotation } = page;
  if (correction.kind === 'unknown') return <li>{words.notices.unknown(quotation(correction.key))}</li>;
  const { kind, name, given, used } = correction;
  const { label } = words.settings.names[name];
  if (kind === 'clamped' && SETTINGS[name].kind === 'text') {
    const [kept, all] = [used, given].map((text) => numbers.integer(Array.from(text).length));
    return <li>{words.notices.cut(label, kept, all)}</li>;
  }
  const value = valueText(name, parseSetting(name, used).value);
  return <li>{words.notices[kind](label, quotation(given), quotation(value))}</li>;
};

export const Corrections = ({ page }: { readonly page: Page }) => {
  const { words, numbers, Notice } = page;
  const { notices } = words;
  const corrections = usePlayground((state) => state.corrections);
  const actions = usePlayground((state) => state.actions);
  if (corrections.length === 0) return null;
  const more = corrections.length - MOST_CORRECTIONS;
  return (
    <Notice tone="notice" onDismiss={actions.dismissCorrections}>
      <p>{notices.link}</p>
      <ul>
        {corrections.slice(0, MOST_CORRECTIONS).map((correction) => (
          // A setting and an unknown key may be called the same.
          <CorrectionLine
            key={correction.kind === 'unknown' ? `?${correction.key}` : correction.name}
            correction={correction}
            page={page}
          />
        ))}
        {more > 0 && <li>{notices.more(numbers.integer(more))}</li>}
      </ul>
    </Notice>
  );
};
