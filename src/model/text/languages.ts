/** Which characters the languages write with, most frequent first: what a plausible text is made of. */

/**
 * Letters of each language by frequency, beyond those of other languages' names. A rank says enough: the k-th letter of
 * an alphabet stands about 0.9 times as often as the one before it. Marks that legacy encodings write on their own
 * (Vietnamese tones, Arabic and Hebrew vowels) count as letters.
 */
export const ALPHABETS: readonly string[] = [
  // Latin: English, French, German, Dutch, Luxembourgish
  'etaoinshrdlcumwfgypbvkjxqzéèïöüñçáàêâóä',
  'esaitnrulodcmpévqfbgàhèxjyêzçôùâûîœëïwküÿæ',
  'enisratdhulcgmobwfkzüvpäßjöyqx',
  'enatirodslghvkmubpwjzcfxyëéïqóöüèá',
  'entairsdulhcmogéwpfbzëkväjêô',
  // Spanish, Portuguese, Italian, Catalan, Romanian, Albanian
  'eaosrnidlctumpbgvyqóíhfáézjñxúwkü',
  'aeosrindmutclpvgqbfhãçázéjíóxêúõâàôkwyü',
  'eaionlrtscdupmvghfbqzàòùèìéjkwxy',
  'eaisrlnotudcmpvbgqfàéóhíxòèçjyúzïükw',
  'eiarntulcosdăpmșşțţîvfbgâzhjxkwyq',
  'eitëarnshokulmdjpgqvyzbfçxcw',
  // Swedish, Danish, Norwegian, Finnish, Icelandic, Faroese, Northern Sami
  'eanrtsildomkgväfhupåöbcyjxéwzq',
  'erntaidslogkmfvubhpåøæyjcxwzqéü',
  'erntaisldokgmvfupbhøyjåæcwxzqéòôü',
  'aintesloukämvrjhypdögbfcwåqxz',
  'arniestulðgmkfhvoáþíjódbæypéöúýxz',
  'arnitesulkgðvømháoídfjóbyúpæýxw',
  'aáieosldtnrgmkuvhbčđjpšŋžŧfyzc',
  // Estonian, Latvian, Lithuanian
  'aeisltudnkmrovpghjäõübcöfšžwzxyq',
  'aistreumnkodlpājvzēgbīcšņļģūžķfčhō',
  'iastreuonkmlpvdjgėbšyųžzčcąęįūfh',
  // Polish, Czech, Slovak, Slovene, Croatian, Hungarian
  'aieoznrwscytkdpmjułlbęgąśhóżćńfźvqx',
  'eoanitsvlrdkupímáhzyjběcéčšžřýůgfúňxťóďwq',
  'aoeinstvrklpudmázyhjíbcčšéžýúťľgfôňďäóxĺŕwq',
  'aeionrslvjtdkmpuzbghčcšžfyćđwqx',
  'aieonsrjtukvldmpgzbčšcžhćfđywqx',
  'eatlnskoizáérmgdbvhyjöpufcőóíüúűxwq',
  // Turkish, Vietnamese (tones as marks, then as they are composed), Welsh, Irish, Maltese, Esperanto
  'aeinrlıdkmuytsbüoşzgçhğvcöpfjâîûwxq',
  'nhitcagumolđ\u0301\u0300rbs\u0323pêvưôdơâykxqăe\u0309\u0303áàếạệộảấườớầốưậểữựứịọủúợồềặắũờằụởễãổủữìùíòóéèẹẻẽỉĩỏõừửẩẫẳẵỳýỷỹỵ',
  'aydnreilogwhfstucmbpâôŵêŷîûïöáéj',
  'ainhsertlocdugáméíbfóúpvkjwyxzqṁḃċḋḟġṗṡṫ',
  'aitlnirjekumsdħogbfpċżġqwxhzàèìòùv',
  'aieonlsrtkjudmpvgfbcĝĉŭzhŝĵĥ',
  // Cyrillic: Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian
  'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё',
  'оанивіетрслкдумпзябьгчйхцжїшющєфґ',
  'анеіоырстклдумпўвяьзгбчхйжшюцёэф',
  'аиоентрсвлкдпмзъгубячжщцйшхфюь',
  'аиоенрсјтувкдлпмзгбчшцњжћхљђфџ',
  'аоиентрсвдлкмпузјгбчшжцќњѓѕхфљџ',
  // Greek, Hebrew
  'αοιετσνηυρπκμλςόωίδάέγθχήύφβώξζψϊϋΐΰ',
  'יוהלארתבמשנםכעדחקפטגןסצזךףץ\u05b8\u05b7\u05b4\u05bc\u05b0\u05b6\u05b5\u05b9\u05bb\u05c1\u05b2\u05c2\u05b1\u05b3',
  // Arabic, Persian, Urdu
  'اليمنورتبهعدفسكقةحأجشصطخذضىإغزثءظئؤآ\u064b\u064e\u0650\u064f\u0651\u0652\u064d\u064c\u0640',
  'اینيردهموتبشسلکكگزفجعخقحپآطصچظضغثذژئءأؤ\u200c',
  'اکیيرےنہمولستبدپجگعقھںچٹخشفحزڑصطڈضغظثذئآؤۓ',
  // Thai
  'านรอกเง่มยลวัดทส้ตีิคปหบะไแจ็พขช์ใุโูืผำถซศณธญภษึฟฐฎๆฉฮฤฆฏฬฑฌฯ๊๋',
];

/** Frequent characters of Chinese, simplified and traditional. */
const HANS =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多' +
  '经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性' +
  '知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次' +
  '度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建' +
  '务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路' +
  '记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运风花春河草孩树坐晒笑快慢';
const HANT =
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多' +
  '經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性' +
  '知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次' +
  '度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建' +
  '務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路' +
  '記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運風花春河草孩樹坐曬笑快慢';
/** Of Japanese, kana first. */
const JAPANESE =
  'のいたにるしてとをはなんがかでれっまこすあうらきもりさだくそよえけせちおめつわやみどろばじ年日大人一国会ンースルトリアイクラ中本' +
  '長出三時行見分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西校語土木聞食車何南万毎白天母火右' +
  '読友左休父雨者事社自同業方新場員立開手力問代明動京目通言理体田主題意不作用度強公野思家多正安院心世教文元重近考画海売知道集別' +
  '物使品計死特私始朝運終台広住無真有口少町料工建空急止送切転研足究楽起着店病質待試族銀早映親験英医仕去味写字答夜音注帰古歌買悪' +
  '図週室歩風紙黒花春赤青館屋色走秋夏習駅洋旅服夕借曜飲肉貸堂鳥飯勉冬昼茶弟牛魚兄犬妹姉漢森村林池岩石草虫貝' +
  'ほげべぶびぐむねひふへぼぬゆゃゅょざずぜぞごぎづぢぱぴぷぺぽぁぃぅぇぉシタコカマテロドサジフメレキナプニバオグミワパデエムソチケツウハヒヘホモヤユヨネノセポブビベボズザゼゾゲガギダッャュョェァィォヴ';
/** Of Korean. */
const KOREAN =
  '이다는을에의가고하지도로사은한기리나어를있아자그인서시들대해일정으라수만게스면여구부전장제원보주것상우적과와조국성신해였었했' +
  '습니동안유오선문마공세비트소연경무생요미분관화모계음러물반내말영간방거년차호실여중개저위금때진교민강학회집심발설업법당통행' +
  '재단체두네려양타크할될된않없같려명데바노용레드래산계파치며출식회현감입운임어느던건남프터야알술불직석품역청력후손눈길람날살';

/** Of the languages that are written in Chinese characters, kana or Hangul. */
export const CHARACTERS: readonly string[] = [HANS, HANT, JAPANESE, KOREAN];
