/** A few sentences in many languages, written for these tests, with the encodings that such texts come in. */
import type { Encoding } from '../../../src/model/text/types';

export interface Prose {
  readonly language: string;
  readonly encodings: readonly Encoding[];
  readonly text: string;
}

export const PROSE: readonly Prose[] = [
  {
    language: 'English',
    encodings: ['windows-1252', 'macintosh'],
    text:
      'It isn’t far to the mill, but the road’s steep and nobody’s walked it since spring. “We’ll need a lamp,” she said – ' +
      'and didn’t wait for an answer. The river’s higher than last year; the boat’s gone, and so’s the old bridge.\n' +
      'They couldn’t hear the clock any more. Tomorrow they’d try again, if the weather’s kind.\n',
  },
  {
    language: 'French',
    encodings: ['windows-1252', 'iso-8859-15', 'macintosh'],
    text:
      'Le vieux café près de la forêt était fermé. À côté, une fenêtre dorée brillait encore, et l’on entendait quelqu’un ' +
      'répéter une mélodie très ancienne. Où êtes-vous allés après la fête ? demanda-t-elle en préparant le thé.\n' +
      'Personne ne répondit. La sœur aînée rangea les gâteaux, puis ferma la boîte où dormaient les lettres reçues cet été, le cœur léger.\n',
  },
  {
    language: 'German',
    encodings: ['windows-1252', 'macintosh'],
    text:
      'Der alte Müller ging über die Brücke, weil er die schöne Aussicht mochte. Später saß er müde am Ufer und hörte den ' +
      'Vögeln zu. Das Mädchen fragte ihn, ob er Äpfel möge, und er lächelte. Für heute genügte es ihm, nichts zu wünschen.\n' +
      'In der Küche war es kühl; draußen läuteten die Glocken, und die Straße lag öde zwischen den Häusern.\n',
  },
  {
    language: 'Spanish',
    encodings: ['windows-1252', 'iso-8859-15', 'macintosh'],
    text:
      'El niño pequeño soñaba con montañas y ríos. Mañana caminará por el jardín y hablará con su compañero. ¿Qué más podría ' +
      'pedir? La señora del café cerró la puerta, encendió una lámpara y contó la historia del último otoño.\n' +
      'Después llegó el frío, y nadie volvió a cruzar el puente hasta que florecieron los almendros. ¡Qué invierno tan largo!\n',
  },
  {
    language: 'Portuguese',
    encodings: ['windows-1252', 'iso-8859-15', 'macintosh'],
    text:
      'O velho relógio não parava. A menina não sabia que horas eram, então caminhou até à estação com o coração apertado. ' +
      'Lá fora, as árvores já não tinham folhas, e a manhã cheirava a pão quente. Amanhã haverá sol, pensou ela.\n' +
      'Três irmãos esperavam na praça; ninguém lhes explicou porque é que a canção tinha acabado tão cedo.\n',
  },
  {
    language: 'Italian',
    encodings: ['windows-1252', 'iso-8859-15'],
    text:
      'La città è più bella di sera, perché la luce cade già bassa sulle case. Così pensava il vecchio pescatore, che però ' +
      'non lo diceva a nessuno. Lunedì sarebbe tornata sua figlia, e la verità è che l’aspettava da un’età intera.\n' +
      'Chi verrà domani? Forse sarà un’altra estate, forse no; né il mare né il cielo lo sanno.\n',
  },
  {
    language: 'Swedish',
    encodings: ['windows-1252', 'macintosh'],
    text:
      'Den gamla kvarnen låg vid ån, där flickan brukade vänta på kvällen. Hon tänkte på sin mor och på allt som hänt sedan ' +
      'våren. Över ängen kom en häst, och långt borta hördes någon sjunga. Är det långt till sjön? frågade hon.\n' +
      'Nej, svarade mannen, men vägen är smal och gräset är vått efter nattens regn. Då går vi genast, sade hon.\n',
  },
  {
    language: 'Danish',
    encodings: ['windows-1252'],
    text:
      'Den gamle mølle lå ved åen, hvor pigen plejede at vente om aftenen. Hun tænkte på sin mor og på alt det, der var sket ' +
      'siden foråret. Over engen kom en hest, og langt borte kunne man høre nogen synge. Er der langt til søen?\n' +
      'Nej, svarede manden, men vejen er smal, og græsset er vådt efter nattens regn. Så går vi straks, sagde hun.\n',
  },
  {
    language: 'Finnish',
    encodings: ['windows-1252', 'macintosh'],
    text:
      'Vanha mylly seisoi joen rannalla, missä tyttö tapasi odottaa iltaisin. Hän ajatteli äitiään ja kaikkea, mitä keväällä ' +
      'oli tapahtunut. Niityn yli tuli hevonen, ja kaukana kuultiin jonkun laulavan. Onko järvelle pitkä matka?\n' +
      'Ei ole, vastasi mies, mutta tie on kapea ja ruoho märkää yön sateen jälkeen. Lähdetään sitten heti, tyttö sanoi.\n',
  },
  {
    language: 'Icelandic',
    encodings: ['windows-1252'],
    text:
      'Gamla myllan stóð við ána, þar sem stúlkan var vön að bíða á kvöldin. Hún hugsaði um móður sína og allt sem hafði gerst ' +
      'síðan í vor. Yfir engið kom hestur, og langt í burtu heyrðist einhver syngja. Er langt að vatninu?\n' +
      'Nei, svaraði maðurinn, en vegurinn er mjór og grasið er vott eftir rigningu næturinnar. Þá förum við strax, sagði hún.\n',
  },
  {
    language: 'Polish',
    encodings: ['windows-1250', 'iso-8859-2'],
    text:
      'Stary zegar stał przy oknie, a wiatr śpiewał w ogrodzie. Chłopiec usiadł i czytał książkę o żółtych łódkach, które ' +
      'płynęły wzdłuż rzeki. Później przyszła babcia i zapytała, czy jest głodny. Nie, odpowiedział, ale chętnie napiję się ' +
      'herbaty.\nNa zewnątrz było już ciemno. Gdzieś daleko szczekał pies, a księżyc świecił nad łąką.\n',
  },
  {
    language: 'Czech',
    encodings: ['windows-1250', 'iso-8859-2'],
    text:
      'Starý mlýn stál u řeky, kde dívka každý večer čekala. Přemýšlela o své matce a o všem, co se od jara stalo. Přes louku ' +
      'přišel kůň a někde v dálce bylo slyšet zpěv. Je to k jezeru daleko? zeptala se.\n' +
      'Není, odpověděl muž, ale cesta je úzká a tráva je po nočním dešti mokrá. Tak půjdeme hned, řekla a usmála se.\n',
  },
  {
    language: 'Hungarian',
    encodings: ['windows-1250', 'iso-8859-2'],
    text:
      'A régi malom a folyó mellett állt, ahol a lány esténként várni szokott. Az anyjára gondolt, és mindarra, ami tavasz óta ' +
      'történt. A réten át egy ló közeledett, és messziről énekszó hallatszott. Messze van a tó? kérdezte.\n' +
      'Nem, felelte az idős férfi, de az út keskeny, és a fű az éjszakai esőtől nedves. Akkor rögtön induljunk, mondta derűsen.\n',
  },
  {
    language: 'Croatian',
    encodings: ['windows-1250', 'iso-8859-2'],
    text:
      'Stari mlin stajao je uz rijeku, gdje je djevojka običavala čekati navečer. Mislila je na svoju majku i na sve što se ' +
      'dogodilo od proljeća. Preko livade je došao konj, a daleko se čulo kako netko pjeva. Je li daleko do jezera?\n' +
      'Nije, odgovorio je čovjek, ali put je uzak, a trava je mokra poslije noćne kiše. Onda krećemo odmah, reče ona žurno.\n',
  },
  {
    language: 'Romanian',
    encodings: ['windows-1250', 'iso-8859-2'],
    text:
      'Moara veche stătea lângă râu, unde fata obişnuia să aştepte seara. Se gândea la mama ei şi la tot ce se întâmplase din ' +
      'primăvară. Peste câmp venea un cal, iar de departe se auzea cineva cântând. Este departe până la lac?\n' +
      'Nu, răspunse bărbatul, dar drumul este îngust şi iarba este udă după ploaia de astă-noapte. Atunci plecăm îndată.\n',
  },
  {
    language: 'Turkish',
    encodings: ['windows-1254', 'iso-8859-3'],
    text:
      'Eski değirmen ırmağın kıyısında duruyordu; kız akşamları orada beklerdi. Annesini ve ilkbahardan beri olan her şeyi ' +
      'düşünüyordu. Çayırın üzerinden bir at geldi, uzaklardan birinin şarkı söylediği duyuldu. Göl uzak mı?\n' +
      'Hayır, dedi adam, ama yol dar ve çimen gece yağan yağmurdan ıslak. Öyleyse hemen gidelim, dedi kız gülümseyerek.\n',
  },
  {
    language: 'Estonian',
    encodings: ['windows-1257', 'iso-8859-13', 'iso-8859-4'],
    text:
      'Vana veski seisis jõe ääres, kus tüdruk õhtuti ootas. Ta mõtles oma emale ja kõigele, mis kevadest saadik oli juhtunud. ' +
      'Üle niidu tuli hobune ja kaugelt kostis, kuidas keegi laulis. Kas järveni on pikk maa?\n' +
      'Ei ole, vastas mees, aga tee on kitsas ja rohi on öisest vihmast märg. Siis lähme kohe, ütles tüdruk rõõmsalt.\n',
  },
  {
    language: 'Latvian',
    encodings: ['windows-1257', 'iso-8859-13', 'iso-8859-4'],
    text:
      'Vecās dzirnavas stāvēja pie upes, kur meitene vakaros mēdza gaidīt. Viņa domāja par savu māti un visu, kas bija noticis ' +
      'kopš pavasara. Pāri pļavai nāca zirgs, un tālumā bija dzirdams, kā kāds dzied. Vai līdz ezeram ir tālu?\n' +
      'Nē, atbildēja vīrs, bet ceļš ir šaurs un zāle pēc nakts lietus slapja. Tad iesim tūlīt, teica viņa un pasmaidīja.\n',
  },
  {
    language: 'Lithuanian',
    encodings: ['windows-1257', 'iso-8859-13', 'iso-8859-4'],
    text:
      'Senas malūnas stovėjo prie upės, kur mergina vakarais laukdavo. Ji galvojo apie savo motiną ir apie viską, kas įvyko nuo ' +
      'pavasario. Per pievą atėjo arklys, o toli buvo girdėti, kaip kažkas dainuoja. Ar toli iki ežero?\n' +
      'Ne, atsakė vyras, bet kelias siauras, o žolė po nakties lietaus šlapia. Tada eikime iš karto, tarė ji ir nusišypsojo.\n',
  },
  {
    language: 'Esperanto',
    encodings: ['iso-8859-3'],
    text:
      'La malnova muelejo staris ĉe la rivero, kie la knabino kutimis atendi vespere. Ŝi pensis pri sia patrino kaj pri ĉio, kio ' +
      'okazis de post la printempo. Trans la herbejo venis ĉevalo, kaj malproksime aŭdiĝis, ke iu kantas. Ĉu la lago estas for?\n' +
      'Ne, respondis la viro, sed la vojo estas mallarĝa kaj la herbo malseka pro la nokta pluvo. Do ni iru tuj, ŝi diris ĝoje.\n',
  },
  {
    language: 'Vietnamese',
    encodings: ['windows-1258'],
    text:
      'Chiếc cối xay cũ nằm bên bờ sông, nơi cô gái thường đứng đợi vào buổi tối. Cô nghĩ về mẹ và về tất cả những gì đã xảy ra từ ' +
      'mùa xuân. Một con ngựa đi qua đồng cỏ, và từ xa nghe thấy tiếng ai đó đang hát. Đến hồ có xa không?\n' +
      'Không, người đàn ông trả lời, nhưng đường hẹp và cỏ ướt sau cơn mưa đêm. Vậy thì chúng ta đi ngay, cô nói.\n',
  },
  {
    language: 'Russian',
    encodings: ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic'],
    text:
      'Старая мельница стояла у реки, где девушка обычно ждала по вечерам. Она думала о своей матери и обо всём, что случилось с ' +
      'весны. Через луг шла лошадь, и вдалеке было слышно, как кто-то поёт. Далеко ли до озера?\n' +
      'Нет, ответил мужчина, но дорога узкая, а трава мокрая после ночного дождя. Тогда пойдём сейчас же, сказала она.\n',
  },
  {
    language: 'Ukrainian',
    encodings: ['windows-1251', 'koi8-u', 'iso-8859-5'],
    text:
      'Старий млин стояв біля річки, де дівчина зазвичай чекала вечорами. Вона думала про свою матір і про все, що сталося від ' +
      'весни. Через луку йшов кінь, і вдалині було чути, як хтось співає. Чи далеко до озера? Її ніхто не чув.\n' +
      'Ні, відповів чоловік, але дорога вузька, а трава мокра після нічного дощу. Тоді ходімо зараз же, сказала вона.\n',
  },
  {
    language: 'Bulgarian',
    encodings: ['windows-1251', 'iso-8859-5'],
    text:
      'Старата мелница стоеше край реката, където момичето обикновено чакаше вечер. То мислеше за майка си и за всичко, което се ' +
      'беше случило от пролетта насам. През ливадата мина кон и отдалече се чуваше как някой пее. Далече ли е езерото?\n' +
      'Не, отговори мъжът, но пътят е тесен, а тревата е мокра след нощния дъжд. Тогава да тръгваме веднага, каза тя.\n',
  },
  {
    language: 'Serbian',
    encodings: ['windows-1251', 'iso-8859-5'],
    text:
      'Стари млин је стајао поред реке, где је девојка увече обично чекала. Мислила је на своју мајку и на све што се догодило од ' +
      'пролећа. Преко ливаде је дошао коњ, а из даљине се чуло како неко пева. Да ли је далеко до језера?\n' +
      'Није, одговори човек, али пут је узак, а трава мокра после ноћне кише. Онда крећемо одмах, рече она и насмеши се.\n',
  },
  {
    language: 'Greek',
    encodings: ['windows-1253', 'iso-8859-7'],
    text:
      'Ο παλιός μύλος βρισκόταν κοντά στο ποτάμι, όπου το κορίτσι συνήθιζε να περιμένει τα βράδια. Σκεφτόταν τη μητέρα της και όλα ' +
      'όσα είχαν συμβεί από την άνοιξη. Άλογα περνούσαν από το λιβάδι, και από μακριά ακουγόταν κάποιος να τραγουδά.\n' +
      'Άραγε είναι μακριά η λίμνη; Όχι, απάντησε ο άντρας, μα ο δρόμος είναι στενός και το χορτάρι υγρό από τη νυχτερινή βροχή.\n',
  },
  {
    language: 'Hebrew',
    encodings: ['windows-1255', 'iso-8859-8'],
    text:
      'הטחנה הישנה עמדה ליד הנהר, שם נהגה הילדה לחכות בערבים. היא חשבה על אמה ועל כל מה שקרה מאז האביב. סוס עבר באחו, ומרחוק ' +
      'נשמע מישהו שר. האם רחוק מכאן האגם?\nלא, ענה האיש, אבל הדרך צרה והעשב רטוב אחרי הגשם של הלילה. אז נלך מיד, אמרה.\n',
  },
  {
    language: 'Arabic',
    encodings: ['windows-1256', 'iso-8859-6'],
    text:
      'كانت الطاحونة القديمة قرب النهر حيث اعتادت الفتاة أن تنتظر في المساء. كانت تفكر في أمها وفي كل ما حدث منذ الربيع. مر حصان ' +
      'عبر المرج، وسمع من بعيد صوت شخص يغني. هل البحيرة بعيدة؟\nلا، أجاب الرجل، لكن الطريق ضيق والعشب مبلل بعد مطر الليل.\n',
  },
  {
    language: 'Persian',
    encodings: ['windows-1256'],
    text:
      'آسياب کهنه کنار رودخانه بود، جايي که دختر شب‌ها منتظر مي‌ماند. او به مادرش و به همه چيزهايي که از بهار رخ داده بود فکر مي‌کرد. ' +
      'اسبي از چمنزار گذشت و از دور صداي آواز کسي شنيده شد. آيا درياچه دور است؟\nنه، مرد گفت، ولي راه باريک است و علف‌ها خيس.\n',
  },
  {
    language: 'Thai',
    encodings: ['windows-874'],
    text:
      'โรงสีเก่าตั้งอยู่ริมแม่น้ำ ที่ซึ่งเด็กหญิงมักจะรออยู่ในตอนเย็น เธอคิดถึงแม่และทุกสิ่งที่เกิดขึ้นตั้งแต่ฤดูใบไม้ผลิ ม้าตัวหนึ่งเดินผ่านทุ่งหญ้า ' +
      'และได้ยินเสียงใครบางคนร้องเพลงอยู่ไกล ๆ ทะเลสาบอยู่ไกลไหม\nไม่ไกล ชายคนนั้นตอบ แต่ทางแคบและหญ้าเปียกหลังฝนตกเมื่อคืน\n',
  },
  {
    language: 'Chinese, simplified',
    encodings: ['gb18030'],
    text:
      '老磨坊立在河边，姑娘常常傍晚在那里等人。她想着母亲，也想着春天以来发生的一切。一匹马穿过草地，远处有人在唱歌。到湖边远吗？她问。\n' +
      '不远，那人回答说，不过路很窄，昨夜下过雨，草还是湿的。那我们现在就走吧，她笑着说。\n',
  },
  {
    language: 'Chinese, traditional',
    encodings: ['big5', 'gb18030'],
    text:
      '老磨坊立在河邊，姑娘常常傍晚在那裡等人。她想著母親，也想著春天以來發生的一切。一匹馬穿過草地，遠處有人在唱歌。到湖邊遠嗎？她問。\n' +
      '不遠，那人回答說，不過路很窄，昨夜下過雨，草還是濕的。那我們現在就走吧，她笑著說。\n',
  },
  {
    language: 'Japanese',
    encodings: ['shift_jis', 'euc-jp', 'iso-2022-jp'],
    text:
      '古い水車小屋は川のほとりに立っていて、少女は夕方になるとそこで待っていた。母のこと、春から起こったすべてのことを考えていた。' +
      '馬が草原を横切り、遠くで誰かの歌う声が聞こえた。湖までは遠いですか。\n' +
      'いいえ、と男は答えた。でも道は狭く、草は昨夜の雨でぬれています。では、すぐに行きましょう、と少女は言った。\n',
  },
  {
    language: 'Korean',
    encodings: ['euc-kr'],
    text:
      '오래된 물방앗간은 강가에 서 있었고 소녀는 저녁마다 그곳에서 기다리곤 했다. 소녀는 어머니와 봄부터 일어난 모든 일을 생각했다. ' +
      '말 한 마리가 풀밭을 지나갔고 멀리서 누군가 노래하는 소리가 들렸다. 호수까지는 멀어요?\n' +
      '아니요, 하고 남자가 대답했다. 하지만 길이 좁고 밤새 내린 비로 풀이 젖었어요. 그럼 지금 바로 가요.\n',
  },
];
