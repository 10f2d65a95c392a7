/**
 * Words of classical Chinese verse by what they name, and the tone and rhyme of their characters.
 *
 * Tones are level (平) or oblique (仄). Characters of the old entering tone that are level today are left out, so that the
 * classical classes (平水韵) and today's pronunciation agree; so are rhymes that one of the two does not have.
 */

export type Tone = '平' | '仄';

const LEVEL =
  '春风秋清东寒星晴空残阳斜朝霞云浮霜轻烟炊孤疏晖霄明新梅飞青山深千江平沙溪前泉荒城村川长河沧洲湖横塘芳' +
  '原园林乡流幽归松花桃兰荷芦杨桐苍枯红莲丹枫梧黄枝繁垂藤苔衰鸿征鸦昏啼莺鸥闲游鱼蝉鸣虫猿哀乌高楼西南朱' +
  '台扁舟渔柴门重蓬亭茅窗纱廊回庭帆桥虹灯船田萧罗帘金瑶诗人行佳离翁邻樵夫僧书生家农童蚕悠依遥年时纷微盈' +
  '天边间中来晨今宵初穿随临侵摇迎连怜藏留含催窥寻围遮飘沉收稀凉低开消停零升还迷阴香鲜愁眠通悬吟歌亲';

const OBLIQUE =
  '晓晚暮夜碧淡野落彩月雨露雪日皓细雾玉冷骤照大远万众乱小浅古故异水后嶂谷岸路渚浦岭径涧绿逝旷四岫翠渡道' +
  '柳断暗杏李桂老败早嫩草叶笋蓼豆树柏藕旅过乳海戏雁燕鸟鹭鹤马鲤犬社宿倦百匹瘦战锦吠画钓客寺驿短绮片板舍' +
  '馆殿院幕井火棹剑瑟磬枕旧栋绣户宝废美主醉酒子父叟女妇牧稚浪浣少士处点阵渺寂隐岁上下外半此入带到映挂绕' +
  '染对近傍送问伴恋卷满抱弄起散静尽净动去掩闭卧坐';

const tones = new Map<string, Tone>([
  ...Array.from(LEVEL, (character) => [character, '平'] as const),
  ...Array.from(OBLIQUE, (character) => [character, '仄'] as const),
]);

/**
 * Tone of a character.
 *
 * @throws RangeError where it is not in the tables
 */
export const toneOf = (character: string): Tone => {
  const tone = tones.get(character);
  if (tone === undefined) throw new RangeError(`The tone of ${character} is not known.`);
  return tone;
};

/** Characters that rhyme with one another, all level. */
const RHYMES = [
  '风空鸿虫枫桐翁红通',
  '楼舟鸥洲流收留浮幽游愁',
  '山还闲',
  '霜阳乡塘杨廊香长凉黄',
  '城莺生鸣明清晴轻横',
  '亭庭星停零',
  '人新亲',
  '村门昏',
  '园原猿',
  '烟船泉莲川蝉眠悬鲜',
  '花霞鸦沙家',
  '台苔来开',
  '晖飞归稀微',
  '溪啼低迷',
  '桥霄摇飘消遥',
  '林深沉阴吟寻',
  '灯僧藤升',
];

/** The rhyme group of a word's last character; -1 where it has none. */
export const rhymeOf = (word: string): number => RHYMES.findIndex((group) => group.includes(word.slice(-1)));

const words = (list: string): readonly string[] => list.split(' ');

/** What a noun of two characters names. The classes have no word in common. */
export const NOUNS = {
  sky: words(
    '春风 秋风 清风 东风 寒星 晴空 残阳 斜阳 朝霞 晴云 浮云 寒霜 轻烟 炊烟 秋霜 寒云 孤云 疏星 ' +
      '晓风 晚风 暮云 夜霜 晚霞 碧空 淡烟 暮烟 野烟 落霞 落晖 晓星 暮霞 彩云 碧霄 晓霜 ' +
      '明月 秋月 残月 新月 寒月 春雨 秋雨 梅雨 斜雨 疏雨 朝露 清露 寒露 秋露 飞雪 残雪 春雪 晴雪 朝日 春日 斜日 ' +
      '落日 晓月 夜月 皓月 细雨 暮雨 夜雨 晓雾 暮雪 夜雪 晓露 玉露 淡月 冷月 冷露 骤雨 晚照 大雪',
  ),
  land: words(
    '青山 寒山 空山 深山 千山 春江 寒江 秋江 清江 平沙 寒沙 清溪 前溪 寒泉 清泉 荒城 孤城 江城 江村 孤村 荒村 ' +
      '山村 平川 长河 沧洲 平湖 横塘 寒塘 芳洲 平原 荒园 疏林 寒林 平林 ' +
      '远山 暮山 碧山 万山 众山 乱山 大江 暮江 晚江 碧溪 野溪 小溪 浅溪 古城 故城 野村 小村 远村 古原 晓塘 野塘 ' +
      '小塘 浅洲 野洲 远洲 故乡 异乡 水乡 碧湖 小园 故园 后园 远林 晚林 ' +
      '流水 春水 秋水 江水 溪水 寒水 青嶂 千嶂 空谷 深谷 幽谷 平野 荒野 沙岸 江岸 长岸 湖岸 山路 长路 归路 江渚 ' +
      '沙渚 寒渚 秋浦 青岭 寒岭 山径 幽径 松径 花径 山涧 清涧 ' +
      '绿水 碧水 野水 远水 逝水 万水 旷野 四野 远岫 翠岫 碧嶂 翠岭 万岭 野渡 古渡 晚渡 远渡 古道 小径 野径 古路 ' +
      '小路 远岸 柳岸 断岸 断涧 暗谷 浅渚',
  ),
  plant: words(
    '梅花 桃花 兰花 荷花 芦花 杨花 桐花 青松 孤松 寒松 苍松 长松 残荷 枯荷 新荷 红莲 青莲 丹枫 江枫 青枫 疏桐 ' +
      '梧桐 寒梅 江梅 红梅 黄花 疏枝 繁枝 垂杨 枯藤 苍藤 青苔 苍苔 ' +
      '杏花 李花 柳花 野花 落花 桂花 翠松 古松 老松 败荷 小荷 雪梅 野梅 早梅 露荷 翠莲 绿杨 碧桐 老藤 古藤 绿苔 ' +
      '翠苔 晚枫 嫩枝 ' +
      '垂柳 杨柳 新柳 烟柳 青柳 疏柳 芳草 青草 春草 秋草 衰草 红叶 黄叶 枫叶 残叶 荷叶 桐叶 丹桂 秋桂 红杏 青杏 ' +
      '新笋 春笋 兰草 红蓼 芦笋 红豆 ' +
      '细柳 嫩柳 岸柳 翠柳 碧草 绿草 野草 露草 落叶 碧叶 败叶 柳叶 乱叶 嫩叶 老树 古树 远树 野树 翠柏 古柏 野杏 ' +
      '碧藕 嫩笋',
  ),
  animal: words(
    '飞鸿 孤鸿 征鸿 寒鸦 昏鸦 归鸦 啼莺 黄莺 流莺 新莺 沙鸥 轻鸥 闲鸥 江鸥 游鱼 寒蝉 秋蝉 鸣蝉 秋虫 寒虫 山猿 ' +
      '哀猿 啼乌 归乌 ' +
      '断鸿 旅鸿 过鸿 暮鸦 晚鸦 早莺 乳莺 晓莺 野鸥 海鸥 戏鱼 小鱼 晚蝉 夜蝉 暗虫 草虫 夜乌 晓乌 野猿 暮猿 ' +
      '归雁 飞雁 孤雁 鸿雁 征雁 寒雁 归燕 新燕 飞燕 啼鸟 飞鸟 归鸟 山鸟 沙鸟 林鸟 沙鹭 飞鹭 寒鹭 孤鹤 鸣鹤 归马 ' +
      '征马 江鲤 鸣犬 ' +
      '旅雁 断雁 早雁 远雁 乳燕 海燕 社燕 晓燕 宿鸟 倦鸟 野鸟 翠鸟 百鸟 众鸟 野鹤 老鹤 野鹭 匹马 老马 瘦马 战马 ' +
      '锦鲤 吠犬',
  ),
  house: words(
    '高楼 江楼 西楼 南楼 红楼 朱楼 空楼 高台 空台 荒台 楼台 扁舟 孤舟 轻舟 归舟 渔舟 兰舟 柴门 重门 朱门 蓬门 ' +
      '千门 长亭 江亭 孤亭 茅亭 空亭 幽窗 寒窗 纱窗 晴窗 空廊 长廊 回廊 空庭 闲庭 孤帆 归帆 征帆 云帆 千帆 长桥 ' +
      '溪桥 虹桥 寒灯 孤灯 青灯 渔灯 ' +
      '小楼 画楼 玉楼 晚楼 翠楼 古台 钓台 小舟 钓舟 野舟 客舟 晚舟 画船 客船 钓船 小船 寺门 古亭 小亭 野亭 驿亭 ' +
      '短亭 小窗 晓窗 绮窗 画廊 小庭 后庭 晚庭 片帆 远帆 晚帆 小桥 断桥 板桥 画桥 野桥 晓灯 夜灯 ' +
      '茅舍 村舍 田舍 山寺 萧寺 荒寺 孤馆 江馆 高殿 深殿 深院 空院 庭院 荒院 罗幕 帘幕 金井 渔火 江火 兰棹 轻棹 ' +
      '孤棹 长剑 瑶瑟 清磬 疏磬 孤枕 寒枕 ' +
      '草舍 野舍 古寺 野寺 小院 客馆 驿馆 大殿 古殿 旧殿 画栋 绣户 绮户 翠幕 绣幕 夜火 野火 短棹 小棹 晚棹 桂棹 ' +
      '宝剑 古剑 宝瑟 锦瑟 晚磬 夜磬 古井 废井 客枕',
  ),
  person: words(
    '诗人 行人 游人 渔人 佳人 离人 归人 闲人 渔翁 山翁 邻翁 诗翁 樵夫 山僧 高僧 孤僧 书生 渔家 山家 农家 邻家 ' +
      '故人 旅人 美人 主人 野人 钓翁 野翁 醉翁 老翁 野僧 老僧 寺僧 酒家 ' +
      '游子 童子 舟子 樵子 渔父 樵叟 邻叟 山叟 渔叟 游女 村女 邻女 蚕妇 山客 诗客 佳客 归客 行客 孤客 ' +
      '旅客 过客 远客 倦客 酒客 野客 钓叟 野叟 老叟 牧子 稚子 浪子 浣女 少女 老父 道士',
  ),
} as const satisfies Record<string, readonly string[]>;

export type NounClass = keyof typeof NOUNS;
export const NOUN_CLASSES = Object.keys(NOUNS) as readonly NounClass[];

/** What is said of a thing of each class, in one character. */
export const PREDICATES: Readonly<Record<NounClass, readonly string[]>> = {
  sky: words('清 明 微 稀 轻 凉 低 收 生 来 开 消 停 零 升 沉 新 长 浮 红 还 起 落 散 静 淡 细 冷 满 断 近 尽'),
  land: words('空 幽 清 长 遥 深 低 明 横 流 凉 闲 新 迷 红 来 阴 静 远 冷 暗 满 断 净 绿 近'),
  plant: words('红 香 新 深 黄 开 生 稀 疏 低 鲜 长 闲 愁 摇 落 绿 老 静 乱 满 冷 细 动 暗 尽'),
  animal: words('飞 归 鸣 眠 来 还 游 啼 浮 停 闲 通 起 落 散 下 去 静 过 远 倦 老 动 宿'),
  house: words('空 闲 明 横 开 清 幽 凉 轻 来 停 浮 新 深 通 悬 静 冷 远 近 小 掩 闭 暗 动 满'),
  person: words('归 来 眠 吟 闲 愁 游 还 歌 亲 寻 停 醉 去 卧 过 坐 老 远 静 起'),
};

/** What one thing does to another, in one character; none of them begins a noun. */
export const ACTIONS = words(
  '穿 随 依 临 侵 摇 迎 连 怜 藏 留 含 催 窥 寻 围 遮 飘 沉 收 入 照 下 带 到 映 挂 隐 绕 染 对 近 傍 送 问 伴 恋 卷 满 抱 弄',
);

/** What a line of seven characters begins with. */
export const OPENINGS = {
  echo: words('悠悠 依依 遥遥 年年 家家 时时 纷纷 微微 盈盈 处处 点点 片片 阵阵 渺渺 寂寂 淡淡 隐隐 岁岁'),
  place: words('天边 江边 门前 楼前 庭前 云间 林间 山中 风中 水上 岸上 树下 月下 花下 江上 湖上 门外 窗外 天外 云外'),
  time: words('春来 秋来 晴时 闲时 清晨 黄昏 今宵 春初 日暮 夜半 岁晚 此夜 今夜 雨后 雪后 春晚 日落'),
} as const satisfies Record<string, readonly string[]>;

export type OpeningClass = keyof typeof OPENINGS;
export const OPENING_CLASSES = Object.keys(OPENINGS) as readonly OpeningClass[];
