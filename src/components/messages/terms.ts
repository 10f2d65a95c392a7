/** What the words of the figures mean, in two or three sentences each: fetched with the panel that shows it. */
import type { Language } from '../../store';
import type { StageMessages } from './stage';

export type Term = keyof StageMessages['terms'];

export const terms: Readonly<Record<Language, Readonly<Record<Term, string>>>> = {
  en: {
    heldOut:
      'The last part of the text is never trained on: the loss on it tells how well the network predicts what it has not read. Where it rises while the training loss goes on falling, the network is learning its text by heart.',
    uniform:
      'A model that knows nothing but the alphabet: every symbol is as likely as every other. Its loss is the logarithm of how many symbols there are, and about there an untrained network begins.',
    ngram:
      'It predicts each character from the few before it, by counting what followed them in the training part: a 3-gram looks at the two characters before, a 5-gram at four. A network below all of these lines has most likely found something that reaches further back.',
    grammar:
      'This text was written by a small grammar that chooses by chance. The line is the loss of the grammar itself, which knows how likely each character was when it wrote it. What is left is chance: on average over its texts no model does better.',
    gradientNorm:
      'The gradient says of every weight how the loss changes with it; its norm is the length of all of that as one vector, so it is large where the loss is steep. A gradient longer than “Gradient clip” is shortened to that length before the weights move.',
    perplexity:
      'e to the power of the loss in nats, or 2 to the power of the loss in bits, which is the same. At perplexity 3 the network is as unsure as one that has to choose among three equally likely characters each time.',
    halfLife:
      'Each step multiplies what a unit holds by its forget gate (in a GRU: by z), so what it held fades like anything with a half-life. Here it is counted: at each character of the text above, how many characters ago the earliest state was of which at least half is left; the mean of that, and the most. Another text gives other numbers. What is written meanwhile comes on top.',
    area: 'How well a unit tells two kinds of character apart, on held-out text that it was not chosen on: the area under the ROC curve, the chance that a character of the one kind has a higher value than one of the other. 0.5 is chance, 1 always.',
    squashed:
      'A cell state has no bounds, so it is shown as tanh c, as the cell itself squashes it on the way to h: from −0.5 to 0.5 nearly as it is, beyond ±2 all alike. The marks of the axis and the numbers under the cursor are c itself. “c ÷ its largest” shows each unit on a scale of its own instead. (A tanh RNN has no cell state: there it is the pre-activation a, whose tanh is h.)',
    surprise:
      'How unexpected a character was to the network: −log₂ of the probability that it gave it, in bits. 0 bits: it was certain; 1 bit: as unsure as of a coin. The mean over all characters is the loss in bits.',
  },
  zh: {
    heldOut:
      '文本的最后一部分从不参与训练，网络在这部分上的损失说明它预测没读过的文字有多准。如果训练损失继续下降而验证损失上升，网络就是在死记硬背。',
    uniform:
      '除了字符表什么都不知道的模型：每个符号的可能性都相同。它的损失等于符号个数的对数，未经训练的网络大致从这里起步。',
    ngram:
      '根据前面几个字符预测下一个字符，办法是统计它们在训练部分里后面跟着什么：三元模型看前两个字符，五元模型看前四个。如果网络的损失低于所有这些线，它多半找到了更长距离的规律。',
    grammar:
      '这段文本由一个带随机选择的小文法写成。这条线是文法自己的损失：它知道写下每个字符时的概率。剩下的只是偶然；就它写出的文本平均而言，没有模型能做得更好。',
    gradientNorm:
      '梯度说明损失随每个权重怎样变化；把它们合成一个向量，长度就是范数，损失越陡，范数越大。超过“梯度裁剪”的梯度会先缩短到该长度，再用来更新权重。',
    perplexity:
      '以奈特计的损失作为 e 的指数（或以比特计的损失作为 2 的指数）算出的值，两者相同。困惑度为 3，意味着网络每次都像要在三个同样可能的字符中挑选一样拿不准。',
    halfLife:
      '每一步都把单元所存的内容乘以遗忘门（GRU 中乘以 z），所以内容像有半衰期一样逐渐消退。这里是数出来的：对上方文本的每个字符，看最早多少个字符之前的状态至少还剩一半；取其平均值和最大值。换一段文本，数值也会不同。其间写入的内容叠加在上面。',
    area: '单元在没有用来挑选它的验证文本上，把两类字符分开得有多好：ROC 曲线下的面积，即一类字符的值高于另一类的概率。0.5 为碰运气，1 为总能分开。',
    squashed:
      '细胞状态没有上下界，因此显示的是 tanh c，和它输出为 h 之前经过的压缩一样：−0.5 到 0.5 之间几乎不变，超过 ±2 就都差不多。坐标轴上的刻度和光标处的数值则是 c 本身。选“c ÷ 其最大值”，每个单元就各用自己的刻度。（tanh RNN 没有细胞状态，这里指预激活值 a，它的 tanh 就是 h。）',
    surprise:
      '某个字符让网络有多意外：网络给它的概率取 −log₂，以比特计。0 比特表示完全确定，1 比特相当于猜一枚硬币的正反面。所有字符的平均值就是以比特计的损失。',
  },
};
