/** One notice, and the buttons in it. */
import type { ReactNode } from 'react';
import { useMessages } from '../messages';

interface NoticeProps {
  readonly tone: 'notice' | 'danger';
  readonly children: ReactNode;
  /** Buttons. */
  readonly ways?: ReactNode;
  readonly onDismiss?: () => void;
}

export const Notice = ({ tone, children, ways, onDismiss }: NoticeProps) => {
  const { notices } = useMessages();
  return (
    <div className={`notice notice-${tone}`}>
      <div className="notice-text">{children}</div>
      {(ways !== undefined || onDismiss) && (
        <div className="notice-ways">
          {ways}
          {onDismiss && (
            <button className="button" type="button" onClick={onDismiss}>
              {notices.dismiss}
            </button>
          )}
        </div>
      )}
    </div>
  );
};

interface WayProps {
  readonly primary?: boolean;
  readonly children: string;
  readonly go: () => void;
}

export const Way = ({ primary = false, children, go }: WayProps) => (
  <button className={primary ? 'button button-primary' : 'button'} type="button" onClick={go}>
    {children}
  </button>
);
