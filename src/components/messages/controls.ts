/** The words of the top bar, the settings, the corpus and the notices in both languages. */

export const en = {
  title: 'LSTM Playground',
  regions: { settings: 'Settings', stage: 'Inside the network', side: 'Loss and samples' },
};

export const zh: typeof en = {
  title: 'LSTM 游乐场',
  regions: { settings: '设置', stage: '网络内部', side: '损失与样本' },
};
