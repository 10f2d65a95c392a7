/** What each setting does, in a sentence or two, in both languages: fetched with the panel that shows it. */
import type { SettingName } from '../../model/settings';
import type { Language } from '../../store';

export const explanations: Readonly<Record<Language, Readonly<Record<SettingName, string>>>> = {
  en: {
    corpus: 'The text that the network reads and learns to continue.',
    vocabularyLimit:
      'At most this many different characters get a symbol of their own; the rarest share one “unknown” symbol.',
    validation: 'The last part of the text, never trained on, on which the held-out loss is measured.',
    cell: 'What stands at each step of time: an LSTM keeps a cell state behind three gates, a GRU keeps its hidden state behind two, a tanh RNN has none.',
    layers: 'How many rows of cells stand on one another; each reads the hidden state of the one below.',
    units: 'How many cells work side by side in a layer; the recurrent weights grow with its square.',
    input: 'One-hot gives every character an input line of its own; an embedding learns a short vector for each.',
    embeddingSize: 'How many numbers stand for a character when the input is an embedding.',
    forgetBias:
      'Where the forget gate’s bias begins; at 1 the gate starts mostly open, so that memories last from the first step.',
    recurrentInit:
      'How the weights from hidden state to gates begin: uniform within ±1/√units, or as an orthogonal matrix that keeps lengths.',
    inputGate:
      'Where the input gate’s values come from. Absent: it is always 1, so every candidate is written whole. Held: one value for all. Random: each unit has a value by chance and keeps it. What is not learned stays as it is while all else learns.',
    inputGateValue: 'The value of the input gate, of every unit at every character.',
    forgetGate:
      'Where the forget gate’s values come from. Absent: it is always 1 and nothing is ever forgotten, as in the LSTM of 1997, whose cells fill up on a text without end. Coupled: f = 1 − i, a cell forgets as much as it writes, as in a GRU. Held: one value for all. Random: each unit has a value by chance and keeps it.',
    forgetGateValue:
      'The value of the forget gate, of every unit at every character; at 0.9 half of what is held is left after 7 characters.',
    outputGate:
      'Where the output gate’s values come from. Absent: it is always 1, so a cell always shows what it holds, h = tanh c. Held: one value for all. Random: each unit has a value by chance and keeps it.',
    outputGateValue: 'The value of the output gate, of every unit at every character.',
    resetGate:
      'Where the reset gate’s values come from. Absent: it is always 1, so the candidate always sees the whole hidden state. Held: one value for all. Random: each unit has a value by chance and keeps it.',
    resetGateValue: 'The value of the reset gate, of every unit at every character.',
    updateGate:
      'Where the update gate’s values come from. Absent: it is always 1, so everything is kept and nothing ever written: such a network learns no more than which characters are frequent. Held: one value for all; at 0 nothing is kept, as in a tanh RNN. Random: each unit has a value by chance and keeps it.',
    updateGateValue: 'The share of the hidden state that is kept, of every unit at every character.',
    seed: 'The number that all chance comes from: the same seed gives the same run.',
    batch: 'How many stretches of the text are read side by side in one training step.',
    length: 'How many characters the gradient flows back through; the state itself is carried on to the next step.',
    optimizer: 'How a gradient becomes a change of the weights.',
    learningRate: 'How far the weights move at each step; it can be changed while training.',
    momentum: 'What share of the last movement SGD keeps.',
    schedule: 'How the learning rate changes over the steps.',
    scheduleSteps: 'After how many steps the rate drops (step), or over how many it falls to its end (cosine).',
    scheduleFactor: 'What the rate is multiplied by at each drop (step), or its share at the end (cosine).',
    warmup: 'Over how many first steps the learning rate rises from near zero to its full value.',
    clip: 'Where the norm of the whole gradient is larger than this it is scaled down to it; 0 switches clipping off.',
    dropout: 'The share of values switched off at random between layers and before the output, while training.',
    weightDecay: 'How strongly every weight is pulled towards zero at each step, apart from the gradient.',
    activationPenalty:
      'Training also pays this much for the size of every cell state (of a GRU or tanh RNN: hidden state), so that a cell holds only what it needs and is near zero otherwise, where it can be read. 0 switches it off; the losses shown leave it out.',
    evaluateEvery: 'After how many steps the loss on the held-out part is measured again.',
    stopStep: 'Training pauses by itself at this step and not one later; Train goes on from there. 0: nowhere.',
    stopLoss:
      'Training pauses by itself once the held-out loss is measured to be this low; Train goes on from there. 0: nowhere.',
    stopPatience:
      'Training pauses by itself once so many steps have been made without a lower held-out loss; Train goes on for as many. 0: never.',
    threads: 'Processor cores that the SIMD engine uses; 0: all but one. They change the speed, never a number.',
    engine:
      'What computes the numbers. “Automatic” is SIMD, which starts at once on every machine, or the engine that was measured to be the fastest for these settings.',
    speed: 'At most how many training steps a second.',
    probe: 'The text that the network reads for the pictures; it is never trained on.',
    prompt: 'What the network reads before it begins to write.',
    temperature:
      'Below 1 the network keeps to its likeliest characters, above 1 it dares more; at 0 it always takes the likeliest.',
    topK: 'The next character is drawn from this many of the likeliest ones; 0: from all.',
    topP: 'The next character is drawn from the fewest of the likeliest ones that together have at least this probability; 1: from all.',
    sampleLength:
      'How many characters the network writes at a time. 0: up to 240, and while training as many as that can spare. Training never waits longer than 1.5 s for them.',
  },
  zh: {
    corpus: '网络阅读并学着续写的文本。',
    vocabularyLimit: '最多有这么多个不同的字符各有自己的符号，其余最少见的字符共用一个“未知”符号。',
    validation: '文本末尾从不参与训练的部分所占的比例，验证损失就在这部分上测量。',
    cell: '每个时间步上的结构：LSTM 用三个门控制细胞状态，GRU 用两个门控制隐藏状态，tanh RNN 没有门。',
    layers: '叠了几层循环单元；每一层读取下面一层的隐藏状态。',
    units: '一层中并排有多少个单元；循环权重随它的平方增长。',
    input: '独热编码给每个字符一条自己的输入线；嵌入则为每个字符学一个短向量。',
    embeddingSize: '使用嵌入时，用多少个数表示一个字符。',
    forgetBias: '遗忘门偏置的初始值；取 1 时遗忘门一开始大体敞开，记忆从第一步起就能保持。',
    recurrentInit: '从隐藏状态到各个门的权重如何初始化：在 ±1/√单元数 内均匀分布，或取保持长度的正交矩阵。',
    inputGate:
      '输入门的值从哪里来。取消：恒为 1，候选值总是全部写入。固定：所有单元都取同一个值。随机：每个单元随机取一个值，之后不变。不学习的门保持不变，其余部分照常学习。',
    inputGateValue: '输入门的值，所有单元、所有字符都用它。',
    forgetGate:
      '遗忘门的值从哪里来。取消：恒为 1，什么都不会忘记，就像 1997 年的 LSTM，在没有尽头的文本上细胞会被填满。耦合：f = 1 − i，写入多少就忘掉多少，和 GRU 一样。固定：所有单元都取同一个值。随机：每个单元随机取一个值，之后不变。',
    forgetGateValue: '遗忘门的值，所有单元、所有字符都用它；取 0.9 时，所存的内容过 7 个字符还剩一半。',
    outputGate:
      '输出门的值从哪里来。取消：恒为 1，细胞总是输出所存的内容，h = tanh c。固定：所有单元都取同一个值。随机：每个单元随机取一个值，之后不变。',
    outputGateValue: '输出门的值，所有单元、所有字符都用它。',
    resetGate:
      '重置门的值从哪里来。取消：恒为 1，候选值总能看到整个隐藏状态。固定：所有单元都取同一个值。随机：每个单元随机取一个值，之后不变。',
    resetGateValue: '重置门的值，所有单元、所有字符都用它。',
    updateGate:
      '更新门的值从哪里来。取消：恒为 1，全部保留、从不写入，这样的网络只能学到哪些字符常见。固定：所有单元都取同一个值；取 0 时什么也不保留，和 tanh RNN 一样。随机：每个单元随机取一个值，之后不变。',
    updateGateValue: '隐藏状态保留的比例，所有单元、所有字符都用它。',
    seed: '一切随机性的来源：种子相同，运行就相同。',
    batch: '一个训练步中并排阅读多少段文本。',
    length: '梯度反向传播多少个字符；状态本身会带到下一步。',
    optimizer: '梯度如何变成权重的改动。',
    learningRate: '每一步权重移动多远；训练中可以随时改。',
    momentum: 'SGD 保留上一次移动的多大一部分。',
    schedule: '学习率怎样随步数变化。',
    scheduleSteps: '每隔多少步下降一次（阶梯），或用多少步降到终值（余弦）。',
    scheduleFactor: '每次下降时学习率乘以多少（阶梯），或终值占多大比例（余弦）。',
    warmup: '最初多少步里，学习率从接近零升到全值。',
    clip: '整个梯度的范数超过这个值时按比例缩小到它；0 表示不裁剪。',
    dropout: '训练时在层与层之间和输出之前随机关掉的数值所占的比例。',
    weightDecay: '每一步在梯度之外，所有权重向零收缩的力度。',
    activationPenalty:
      '训练时每个细胞状态（GRU 和 tanh RNN 则是隐藏状态）都要按大小付出这么高的代价，于是单元只记住需要的内容，其余时候留在零附近，让人看得懂。0 表示不收代价；显示的损失不含这一项。',
    evaluateEvery: '每隔多少步在验证集上重新测量损失。',
    stopStep: '训练到这一步就自动暂停，一步也不多；再按“训练”可继续。0 表示不停。',
    stopLoss: '测得的验证损失降到这个值或更低时自动暂停；再按“训练”可继续。0 表示不停。',
    stopPatience: '连续这么多步验证损失都没有创新低，就自动暂停；再按“训练”可再走这么多步。0 表示不停。',
    threads: 'SIMD 引擎使用的处理器核心数；0 表示除一个以外的全部。只影响速度，不改变任何数值。',
    engine: '由什么来计算。“自动”即 SIMD，在任何机器上都能立即开始；若已测得对这组设置更快的引擎，则用那个引擎。',
    speed: '每秒最多训练多少步。',
    probe: '为了作图而让网络阅读的文本，从不参与训练。',
    prompt: '网络动笔之前先读的文字。',
    temperature: '低于 1 时网络只写最有把握的字符，高于 1 时更大胆；取 0 时总写最可能的字符。',
    topK: '下一个字符只从最可能的这么多个字符中抽取；0 表示不限。',
    topP: '从最可能的字符取起，取到概率之和达到这个值为止，下一个字符只从它们中抽取；1 表示不限。',
    sampleLength: '网络每次写多少个字符。0 表示自动：最多 240 个，训练时视余力而定。训练最多为它等 1.5 秒。',
  },
};
